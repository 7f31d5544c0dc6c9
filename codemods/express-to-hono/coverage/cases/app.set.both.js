/*
member: app.set
requests: [GET /a, GET /A, GET /a/, 'GET /a?b[c]=1']
*/
const express = require('express');

const app = express();
app.set('case sensitive routing', true);
app.set('strict routing', true);
app.set('etag', false);
app.set('query parser', 'simple');
app.get('/a', (req, res) => {
  res.json(req.query);
});
app.listen(process.env.PORT);
