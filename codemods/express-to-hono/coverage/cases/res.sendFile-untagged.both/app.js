/*
member: res.sendFile
variant: where the application tags nothing
requests: [GET /file, GET /download, { GET: /file, headers: { If-None-Match: '*' } }, GET /asked, HEAD /file]
*/
const express = require('express');
const path = require('path');

const app = express();
app.disable('etag');
const file = path.join(__dirname, 'public', 'page.html');
app.get('/file', (req, res) => res.sendFile(file, { lastModified: false }));
app.get('/download', (req, res) => res.download(file, 'page.html', { lastModified: false }));
app.get('/asked', (req, res) => res.sendFile(file, { lastModified: false, etag: true }));
app.listen(process.env.PORT);
