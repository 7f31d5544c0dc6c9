const { Hono } = require('hono');
const { neverAnswers } = require('./express-parity');

const app = new Hono({ strict: false });

app.get('/a', (c) => {
  if (c.req.param('a') === 'a') {
    return c.json({});
  }
  return neverAnswers();
});
app.get('/b', (c) => {
  if (c.req.param('b') === 'b') return neverAnswers();
  return c.json({});
});
app.get('/c', async (c, next) => {
  if (c.req.param('c') === 'c') {
    await next();
  } else if (c.req.param('c') === 'd') {
    return c.json({});
  } else {
    return neverAnswers();
  }
});

module.exports = app;
