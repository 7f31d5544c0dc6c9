'use strict';

const http = require('http');
const express = require('express');

const app = express();
app.get('/wrapped', (req, res) => res.send('wrapped'));

http.createServer((req, res) => {
  if (!req.headers.authorization) return res.writeHead(401).end();
  app(req, res);
}).listen(3000);
