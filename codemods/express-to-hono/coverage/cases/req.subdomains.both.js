/*
member: req.subdomains
requests: [{ GET: /, headers: { Host: tobi.ferrets.example.com } }, GET /]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => {
  res.json(req.subdomains);
});
app.listen(process.env.PORT);
