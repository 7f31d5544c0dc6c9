/*
member: express.static
files: [public]
requests: [GET /hello.txt, GET /hello.txt?x, 'HEAD /hello.txt', GET /sub, GET /sub/, GET /none, GET /%2e%2e/app.js, POST /hello.txt, { GET: /hello.txt, headers: { Range: bytes=0-3 } }, { GET: /hello.txt, headers: { Range: bytes=100-200 } }, GET /.hidden, GET /.kept, GET /.kept/a.txt]
*/
const express = require('express');

const app = express();
const path = require('node:path');
app.use(express.static(path.join(__dirname, 'public')));
app.get('/none', (req, res) => {
  res.send('after');
});
app.listen(process.env.PORT);
