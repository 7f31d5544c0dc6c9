/*
package: express-http-context
packages: [express-http-context]
concurrent: true
requests: [GET /?who=a, GET /?who=b, GET /?who=c, GET /none]
*/
const express = require('express');
const httpContext = require('express-http-context');

const app = express();
app.use(httpContext.middleware);
app.use((req, res, next) => {
  httpContext.set('who', req.query.who);
  next();
});
app.get('/', async (req, res) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  res.json({ who: httpContext.get('who') });
});
app.listen(process.env.PORT);
