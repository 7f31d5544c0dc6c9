/*
member: app.set
variant: after what may leave its function
requests: [GET /a]
*/
const express = require('express');

const app = express();
const configure = () => {
  if (!process.env.PRETTY) return;
  app.set('json spaces', 2);
};
configure();
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);
