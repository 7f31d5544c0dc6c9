/*
shape: an application of both worlds that the program it is in exports
packages: [multer]
requests:
  - { POST: /avatar, body: "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\npng\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - GET /
*/
const express = require('express');
const multer = require('multer');

const app = express();
const picture = multer({ storage: multer.memoryStorage() }).single('picture');

app.get('/', (req, res) => {
  res.json({ ok: true });
});
app.post('/avatar', (req, res) => {
  picture(req, res, (error) => {
    if (error) return res.status(400).send(error.code);
    res.send(req.file ? `got ${req.file.size} bytes` : 'no picture');
  });
});
app.listen(process.env.PORT);

module.exports = app;
