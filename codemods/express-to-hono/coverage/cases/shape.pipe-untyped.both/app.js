/*
shape: stream.pipe(res)
variant: no Content-Type
requests: [GET /, HEAD /]
*/
const express = require('express');

const app = express();
const fs = require('node:fs');
app.get('/', (req, res) => {
  fs.createReadStream(__dirname + '/text.txt').pipe(res);
});
app.listen(process.env.PORT);
