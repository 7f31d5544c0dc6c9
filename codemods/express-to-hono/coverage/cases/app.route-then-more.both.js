/*
member: app.route
variant: a chain with OPTIONS that goes on, then a route of its own
requests: [OPTIONS /a, GET /a, POST /a, OPTIONS /b, POST /b]
*/
const express = require('express');

const app = express();
app
  .route('/a')
  .options((req, res, next) => next())
  .get((req, res, next) => next())
  .post((req, res) => {
    res.send('post');
  });
app.post('/a', (req, res) => {
  res.send('more');
});
app.route('/b').get((req, res) => {
  res.send('get');
}).put((req, res) => {
  res.send('put');
});
app.put('/b', (req, res) => {
  res.send('more');
});
app.post('/b', (req, res) => {
  res.send('post');
});
app.listen(process.env.PORT);
