/*
adversarial: A helper that answers after its caller has set a type
requests: [GET /text, GET /json, GET /own]
*/
const express = require('express');

function send(res, data) {
  res.send(data);
}
const json = (res, data) => res.json({ data });
function asXml(res) {
  res.type('xml');
}

const app = express();
app.get('/text', (req, res) => {
  res.type('text/plain');
  return send(res, {});
});
app.get('/json', (req, res) => {
  res.set('Content-Type', 'application/vnd.api+json');
  return json(res, [1]);
});
app.get('/own', (req, res) => {
  asXml(res);
  res.send({ a: 1 });
});
app.listen(process.env.PORT);
