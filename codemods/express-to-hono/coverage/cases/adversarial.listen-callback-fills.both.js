/*
shape: the callback of `listen` fills a router that is mounted already, and waits before it registers more
requests: [GET /api/early, GET /wait, GET /api/late, GET /later]
*/
const express = require('express');

const app = express();
const api = express.Router();
api.get('/early', (req, res) => {
  res.send('early');
});
app.use('/api', api);
app.get('/wait', (req, res) => {
  setTimeout(() => res.send('waited'), 500);
});
app.listen(process.env.PORT, async () => {
  api.get('/late', (req, res) => {
    res.send('late');
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  app.get('/later', (req, res) => {
    res.send('later');
  });
});
