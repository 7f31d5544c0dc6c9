/*
shape: res.send replaced
variant: a cache that keeps the original as a member
requests:
  - GET /page?n=1
  - GET /page?n=1
  - GET /page?n=2
  - GET /list
  - GET /list
  - GET /moved
  - GET /moved
  - GET /fails
  - GET /fails
  - GET /passes
  - GET /passes
*/
const express = require('express');

const app = express();
const kept = {};
let count = 0;

const cache = (duration) => (req, res, next) => {
  const key = '__express__' + (req.originalUrl || req.url);
  const cachedBody = kept[key];
  if (cachedBody) {
    res.send(cachedBody);
    return;
  } else {
    res.sendResponse = res.send;
    res.send = (body) => {
      kept[key] = body;
      res.sendResponse(body);
    };
    next();
  }
};

app.get('/page', cache(10), (req, res) => {
  count += 1;
  res.send(`<p>${req.query.n} ${count}</p>`);
});
app.get('/list', cache(10), async (req, res) => {
  count += 1;
  const rows = await Promise.resolve([count]);
  res.json(rows);
});
app.get('/moved', cache(10), (req, res) => res.redirect(301, '/list'));
app.get('/fails', cache(10), () => {
  throw new Error('broken');
});
app.get('/passes', cache(10), (req, res, next) => next());
app.listen(process.env.PORT);
