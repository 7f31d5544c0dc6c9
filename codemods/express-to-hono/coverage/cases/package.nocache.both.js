/*
package: nocache
packages: [nocache]
requests: [GET /, GET /missing]
*/
const express = require('express');
const nocache = require('nocache');

const app = express();
app.use(nocache());
app.get('/', (req, res) => {
  res.json('a');
});
app.listen(process.env.PORT);
