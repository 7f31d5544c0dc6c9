/*
member: req.acceptsLanguages
requests: [{ GET: /, headers: { Accept-Language: 'de, en;q=0.5' } }, GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json(req.acceptsLanguages('en', 'de'));
});
app.listen(process.env.PORT);
