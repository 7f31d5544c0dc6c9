/*
package: helmet
packages: [helmet]
requests: [GET /, GET /none]
*/
const express = require('express');

const app = express();
const helmet = require('helmet');
app.use(helmet());
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
