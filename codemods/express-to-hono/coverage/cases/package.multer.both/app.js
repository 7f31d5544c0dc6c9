/*
package: multer
packages: [multer]
requests:
  - { POST: /, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /, json: {} }
*/
const express = require('express');

const app = express();
const multer = require('multer');
const upload = multer({ storage: multer.memoryStorage() });
app.post('/', upload.single('file'), (req, res) => {
  if (!req.file) return res.status(400).send('no file');
  res.json({ name: req.file.originalname, size: req.file.size, note: req.body.note });
});
app.listen(process.env.PORT);
