/*
shape: http.Server(app)
variant: the class of a server is called, as the guides of Socket.IO do
requests: [GET /hello, { POST: /echo, json: { a: 1 } }, GET /none]
*/
const http = require('http');
const express = require('express');

const app = express();
app.use(express.json());
app.get('/hello', (req, res) => res.json({ hello: 'there' }));
app.post('/echo', (req, res) => res.status(201).json(req.body));

const server = http.Server(app);
server.listen(process.env.PORT);
