/*
member: app.set
variant: written to `app.settings`
requests: [GET /a]
*/
const express = require('express');

const app = express();
app.settings['json spaces'] = 2;
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
