/*
member: res.sendFile
variant: after a status was set
requests: [GET /file/204, GET /file/304, GET /file/404, GET /file/201, GET /chain, GET /download/204, GET /download/404, HEAD /file/404, HEAD /file/204, { GET: /file/404, headers: { If-None-Match: '*' } }, { GET: /file/201, headers: { If-None-Match: '*' } }, { GET: /file/201, headers: { Range: 'bytes=0-1' } }, { GET: /file/404, headers: { Range: 'bytes=0-1' } }, GET /missing/404, GET /missing/204]
*/
const express = require('express');
const path = require('path');

const app = express();
const file = path.join(__dirname, 'public', 'page.html');
const options = { lastModified: false, etag: false };
app.get('/file/:code', (req, res) => {
  res.status(Number(req.params.code));
  res.sendFile(file, options);
});
app.get('/chain', (req, res) => res.status(404).sendFile(file, options));
app.get('/download/:code', (req, res) => {
  res.statusCode = Number(req.params.code);
  res.download(file, 'page.html', options);
});
app.get('/missing/:code', (req, res) => {
  res.status(Number(req.params.code));
  res.sendFile(path.join(__dirname, 'public', 'none.html'));
});
app.listen(process.env.PORT);
