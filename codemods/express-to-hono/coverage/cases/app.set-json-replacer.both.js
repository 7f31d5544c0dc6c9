/*
member: app.set
variant: json replacer, a tab
requests: [GET /]
*/
const express = require('express');

const app = express();
app.set('json replacer', ['id', 'items']);
app.set('json spaces', '\t');
app.get('/', (req, res) => {
  res.json({ id: 1, secret: 'x', items: [{ id: 2, secret: 'y' }] });
});
app.listen(process.env.PORT);
