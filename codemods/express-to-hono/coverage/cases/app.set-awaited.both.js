/*
member: app.set
variant: after something is awaited
requests: [GET /a]
*/
const express = require('express');

const app = express();
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);

async function later() {
  await new Promise((resolve) => {
    setTimeout(resolve, 60000).unref();
  });
  app.disable('x-powered-by');
}
later();
