/*
shape: server.on('request', app)
variant: listeners that are added to a server that is there
requests: [GET /hello, { POST: /echo, json: { a: 1 } }, GET /none]
*/
const http = require('http');
const express = require('express');

const app = express();
app.use(express.json());
app.get('/hello', (req, res) => res.json({ hello: 'there' }));
app.post('/echo', (req, res) => res.status(201).json(req.body));

const server = http.createServer();
server.on('request', app);
server.listen(process.env.PORT);
