/*
shape: answered in a promise chain
requests: [GET /ok, GET /fail, GET /own]
*/
const express = require('express');

const app = express();
const load = (name) => (name === 'ok' ? Promise.resolve({ name }) : Promise.reject(new Error(name)));
app.get('/own', (req, res) => {
  load('own')
    .then((value) => res.json(value))
    .catch((error) => res.status(502).json({ error: error.message }));
});
app.get('/:name', (req, res, next) => {
  load(req.params.name)
    .then((value) => {
      res.json(value);
    })
    .catch(next);
});
app.listen(process.env.PORT);
