/*
member: router.use
variant: nested routers
requests: [GET /a/b/c, GET /a/b/c/, GET /a/b]
*/
const express = require('express');

const app = express();
const outer = express.Router();
const inner = express.Router();
inner.get('/c', (req, res) => {
  res.send(req.originalUrl);
});
outer.use('/b', inner);
app.use('/a', outer);
app.listen(process.env.PORT);
