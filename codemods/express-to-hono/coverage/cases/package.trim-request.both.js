/*
package: trim-request
packages: [trim-request]
requests:
  - { POST: /notes/%20a%20, json: { title: '  x ', tags: [' y'] } }
  - GET /notes/%20a%20?q=%20b
*/
const express = require('express');

const app = express();
const trimRequest = require('trim-request');
app.use(express.json());
app.post('/notes/:id', trimRequest.all, (req, res) => res.json({ id: req.params.id, body: req.body }));
app.get('/notes/:id', trimRequest.param, (req, res) => res.json({ id: req.params.id, query: req.query }));
app.listen(process.env.PORT);
