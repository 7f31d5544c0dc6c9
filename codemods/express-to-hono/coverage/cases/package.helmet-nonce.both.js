/*
package: helmet
variant: a directive that reads res.locals
packages: [helmet]
requests: [GET /, GET /other]
*/
const express = require('express');

const app = express();
const helmet = require('helmet');
app.use((req, res, next) => {
  res.locals.nonce = 'n1';
  next();
});
app.use(
  helmet({
    contentSecurityPolicy: { directives: { scriptSrc: ["'self'", (req, res) => `'nonce-${res.locals.nonce}'`] } },
  }),
);
app.get('/', (req, res) => res.send(res.locals.nonce));
app.get('/other', (req, res) => res.send('other'));
app.listen(process.env.PORT);
