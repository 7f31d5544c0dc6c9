/*
shape: a handler that calls upload middleware itself
packages: [multer]
requests:
  - { POST: /avatar, body: "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\npng\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /avatar, body: "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /avatar, json: { picture: none } }
  - { POST: /avatar, body: "--b\r\nContent-Disposition: form-data; name=\"other\"; filename=\"a.png\"\r\n\r\npng\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /documents, body: "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\r\npng\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - GET /
  - OPTIONS /avatar
*/
const express = require('express');
const multer = require('multer');

const app = express();
const storage = multer.memoryStorage();
const picture = multer({ storage }).single('picture');

app.get('/', (req, res) => res.send('<form method="post" action="/avatar" enctype="multipart/form-data"></form>'));
app.post('/avatar', (req, res) => {
  picture(req, res, (error) => {
    if (error) return res.status(400).send(error.code);
    res.send(req.file ? `got ${req.file.size} bytes` : 'no picture');
  });
});
app.post('/documents', picture, (req, res) => {
  res.json({ size: req.file.size });
});
app.listen(process.env.PORT);
