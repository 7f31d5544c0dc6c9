/*
adversarial: a middleware that answers or goes on
requests: [GET /, { GET: /, headers: { X-Stop: '1' } }]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => (req.get('x-stop') ? res.status(403).send('stop') : next()));
app.get('/', (req, res) => {
  res.send('went on');
});
app.listen(process.env.PORT);
