/*
member: res.append
requests: [GET /, GET /empty]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.append('Link', ['<http://a/>', '<http://b/>']);
  res.append('Warning', '199 Misc');
  res.append('Warning', '200 More');
  res.send('x');
});
app.get('/empty', (req, res) => {
  res.append('X-Empty', '');
  res.append('X-Empty', '');
  res.append('X-One', '').append('X-One', 'one');
  res.send('x');
});
app.listen(process.env.PORT);
