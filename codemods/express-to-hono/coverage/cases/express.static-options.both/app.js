/*
member: express.static
variant: under a path, with options
requests: [GET /assets/hello.txt, GET /assets/hello, GET /hello.txt]
*/
const express = require('express');

const app = express();
app.use('/assets', express.static(__dirname + '/public', { maxAge: '1d', extensions: ['txt'], index: false, etag: false }));
app.listen(process.env.PORT);
