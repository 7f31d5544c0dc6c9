/*
package: cors
variant: a function of another file gives a list
packages: [cors]
requests: [GET /all, { GET: /all, headers: { x-key: k, origin: 'https://one.example' } }, { OPTIONS: /all, headers: { origin: 'https://one.example', access-control-request-method: GET } }]
*/
const express = require('express');
const guard = require('./guard');

const app = express();
app.get('/all', guard('https://one.example'), (req, res) => res.json({ ok: true }));
app.listen(process.env.PORT);
