/*
member: res.jsonp
requests: [GET /, 'GET /?callback=foo', 'GET /?callback=foo%3Cb%3E', 'GET /?callback=a&callback=b']
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.jsonp({ a: '\u2028' });
});
app.listen(process.env.PORT);
