/*
member: app.set
variant: json spaces, and values of any type
requests: [GET /, GET /list, GET /text, GET /number, GET /yes, GET /bytes, GET /none, GET /null, GET /typed]
*/
const express = require('express');

const app = express();
app.set('json spaces', 2);
const values = {
  '/': { a: 1 },
  '/list': [1, { b: 2 }],
  '/text': 'text',
  '/number': 201,
  '/yes': true,
  '/bytes': Buffer.from('bytes'),
  '/null': null,
};
app.get('/typed', (req, res) => {
  res.type('text/plain');
  res.status(202).send(values['/list']);
});
app.get(/.*/, (req, res) => {
  res.send(values[req.path]);
});
app.listen(process.env.PORT);
