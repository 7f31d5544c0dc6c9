/*
member: app.use
variant: a 404 and an error handler in functions under a condition
requests: [GET /a, GET /fails, GET /none]
*/
const express = require('express');

const app = express();
app.get('/a', (req, res) => {
  res.json({ a: 1 });
});
app.get('/fails', () => {
  throw Object.assign(new Error('failed'), { status: 400 });
});
if (process.env.OWN_PAGES) addPages(app);
app.listen(process.env.PORT);

function addPages(server) {
  server.use((req, res) => {
    res.status(404).json({ error: 'nothing here' });
  });
  server.use((err, req, res, next) => {
    res.status(500).json({ error: err.message });
  });
}
