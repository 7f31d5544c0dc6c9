/*
package: express-slow-down
packages: [express-slow-down]
requests: [GET /, GET /, GET /, GET /missing]
*/
const express = require('express');
const { slowDown } = require('express-slow-down');

const app = express();
app.use(slowDown({ windowMs: 60000, delayAfter: 1, delayMs: () => 20 }));
app.get('/', (req, res) => {
  res.json([req.slowDown.used, req.slowDown.limit, req.slowDown.delay]);
});
app.listen(process.env.PORT);
