/*
member: res.jsonp
variant: with a type of its own
requests: [GET /, GET /?callback=run]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.contentType('xml');
  res.jsonp({});
});
app.listen(process.env.PORT);
