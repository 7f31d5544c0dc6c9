/*
adversarial: no response on a path
requests: [GET /ok, { GET: /hang, timeout: 150 }]
*/
const express = require('express');

const app = express();
app.get('/:name', (req, res) => {
  if (req.params.name === 'ok') res.send('ok');
});
app.listen(process.env.PORT);
