/*
member: res.format
requests: [GET /, { GET: /, headers: { Accept: text/html } }, { GET: /, headers: { Accept: application/json } }, { GET: /, headers: { Accept: image/png } }]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.format({
    text() {
      res.send('hey');
    },
    html() {
      res.send('<p>hey</p>');
    },
    json() {
      res.send({ message: 'hey' });
    },
  });
});
app.listen(process.env.PORT);
