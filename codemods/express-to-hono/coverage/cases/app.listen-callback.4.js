/*
member: app.listen
variant: a callback with a parameter, which Express 4 gives nothing
requests: [GET /]
*/
const express = require('express');

const app = express();
let given = 'not called';
app.get('/', (req, res) => {
  res.send(`${given}, ${server.address().port > 0}`);
});
const server = app.listen(process.env.PORT, (err) => {
  given = err ? 'an error' : 'nothing';
  if (err) {
    console.error(err.message);
    process.exit(1);
  }
});
