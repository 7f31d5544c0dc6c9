/*
shape: A loop over paths of which one is a regular expression
requests: [GET /a1, GET /b]
*/
const express = require('express');

const app = express();
for (const path of [/^\/a\d$/, '/b']) {
  app.get(path, (req, res) => res.send('found'));
}
app.listen(process.env.PORT);
