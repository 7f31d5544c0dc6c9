/*
member: app.set
variant: in a function that is called under a condition
requests: [GET /a]
*/
const express = require('express');

const app = express();
if (process.env.PRETTY) configure(app);
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);

function configure(server) {
  server.set('json spaces', 2);
  server.disable('x-powered-by');
}
