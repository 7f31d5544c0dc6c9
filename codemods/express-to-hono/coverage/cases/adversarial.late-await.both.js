/*
shape: 'an application whose routes are there once something is awaited, and that listens then'
requests:
  - GET /a
  - GET /b
*/
const express = require('express');

const app = express();
const routes = async (to) => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  to.get('/a', (req, res) => {
    res.json({ a: 1 });
  });
};
async function main() {
  await routes(app);
  app.get('/b', (req, res) => {
    res.send('b');
  });
  app.listen(process.env.PORT);
}
main();
