/*
member: res.json
variant: what may not be stored, for a client that asks whether it has it
requests: [GET /now, { GET: /now, headers: { If-None-Match: '*' } }, { GET: /now, headers: { If-None-Match: '"other"' } }, HEAD /now, GET /, { GET: /, headers: { If-None-Match: '*' } }]
*/
const express = require('express');

const app = express();
const rows = [{ id: 1 }, { id: 2 }];
app.get('/now', (req, res) => {
  res.set('Cache-Control', 'no-store');
  res.json({ rows });
});
app.get('/', (req, res) => res.json(rows));
app.listen(process.env.PORT);
