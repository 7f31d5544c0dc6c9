/*
member: app.set
variant: in functions that always run
requests: [GET /a, GET /A/]
*/
const express = require('express');

const app = express();
configure(app);
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.listen(process.env.PORT);

function configure(server) {
  server.set('json spaces', 2);
  const hide = () => {
    server.disable('x-powered-by');
  };
  hide();
  server.enable('case sensitive routing');
}
