// Sentry, as its documentation sets it up for Express.
const Sentry = require('@sentry/node');
Sentry.init({ tracesSampleRate: 1, enableLogs: true });

const express = require('express');
const app = express();
app.get('/orders', (_request, response) =>
  Sentry.startSpan({ name: 'load orders' }, () => {
    Sentry.logger.info('read');
    response.json([1]);
  }),
);
app.get('/call', async (_request, response) => {
  await fetch(`http://127.0.0.1:${process.env.PORT}/orders`).then((answer) => answer.text());
  response.json({});
});
app.get('/fail', () => {
  throw new TypeError('broken');
});
Sentry.setupExpressErrorHandler(app);
app.listen(process.env.PORT);
