/*
member: res.sendFile
requests: [GET /, HEAD /, GET /rooted/page.html, 'GET /rooted/..%2Fapp.js', GET /rooted/none, GET /error, { GET: /, headers: { Range: bytes=2-4 } }]
*/
const express = require('express');

const app = express();
const path = require('node:path');
app.get('/', (req, res) => {
  res.sendFile(path.join(__dirname, 'files', 'page.html'));
});
app.get('/rooted/:name', (req, res) => {
  res.sendFile(req.params.name, { root: path.join(__dirname, 'files') });
});
app.get('/error', (req, res) => {
  res.sendFile(path.join(__dirname, 'nothing.html'));
});
app.listen(process.env.PORT);
