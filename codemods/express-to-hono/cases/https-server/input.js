const fs = require('node:fs');
const https = require('node:https');
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.send(req.protocol);
});

const server = https.createServer({ key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') }, app);
server.listen(8443);
