/*
shape: handlers that a wrapper makes in a class, and an upload made in another file, where a part of the routes stays
packages: [multer]
requests:
  - GET /notes
  - GET /notes/1
  - GET /notes/0
  - GET /notes/kept
  - { POST: /files, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - { POST: /files/kept, body: "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n", type: multipart/form-data; boundary=b }
  - POST /files
*/
const express = require('express');
const { Notes } = require('./notes');
const { upload } = require('./upload');

const app = express();
const notes = new Notes({ 1: 'one' });
app.get('/notes', notes.list);
app.get('/notes/kept', notes.kept);
app.get('/notes/:id', notes.one);
app.post('/files', upload.single('file'), (req, res) => {
  res.json({ name: req.file && req.file.originalname });
});
app.post('/files/kept', upload.single('file'), (req, res) => {
  res.send(`${req.httpVersion} ${req.file.size}`);
});
app.use((err, req, res, next) => {
  res.status(404).json({ error: err.message });
});
app.listen(process.env.PORT);
