const express = require('express');

const app = express();

function res(value) {
  return { json: () => value };
}

app.get('/a', (request, response, done) => {
  const req = { params: { id: 'mine' } };
  const next = (value) => value;
  [1].forEach((res) => console.log(res, next(req.params.id)));
  response.json({ id: request.params.id, own: res(1).json() });
});

module.exports = app;
