/*
package: express-async-errors
packages: [express-async-errors]
requests: [GET /]
*/
const express = require('express');

const app = express();
require('express-async-errors');
app.get('/', async () => {
  throw new Error('async');
});
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
