/*
package: errorhandler
variant: in development only, beside an own error handler
packages: [errorhandler]
requests: [GET /, GET /none, GET /known, { GET: /, headers: { Accept: text/html } }]
*/
const express = require('express');
const errorHandler = require('errorhandler');

const app = express();
app.get('/', () => {
  throw Object.assign(new Error('failed'), { status: 409 });
});
app.get('/known', () => {
  throw new Error('known');
});
app.use((err, req, res, next) => {
  if (err.message !== 'known') return next(err);
  res.status(500).json({ error: err.message });
});
if (process.env.NODE_ENV === 'development') {
  app.use(errorHandler());
} else {
  app.use((err, req, res, next) => {
    res.status(err.status || 500).send('hidden');
  });
}
app.listen(process.env.PORT);
