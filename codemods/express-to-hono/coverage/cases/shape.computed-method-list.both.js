/*
shape: a list of paths registered with a method that is computed
requests: [GET /stats, GET /other, OPTIONS /other]
*/
const express = require('express');

const app = express();
for (const method of ['get', 'post']) {
  app[method](['/stats', '/numbers'], (req, res) => res.json({ method }));
}
app.listen(process.env.PORT);
