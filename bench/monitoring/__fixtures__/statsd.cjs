// A client of StatsD, as its documentation sets it up.
const { StatsD } = require('hot-shots');
const stats = new StatsD({ host: process.env.STATSD_HOST, port: Number(process.env.STATSD_PORT) });

const express = require('express');
const app = express();
app.get('/orders', (_request, response) => {
  stats.increment('orders.read');
  stats.timing('orders.ms', 3);
  stats.gauge('orders.open', 7);
  response.json([1]);
});
app.get('/fail', () => {
  stats.increment('failed', 1, ['kind:type']);
  throw new TypeError('broken');
});
app.listen(process.env.PORT);
