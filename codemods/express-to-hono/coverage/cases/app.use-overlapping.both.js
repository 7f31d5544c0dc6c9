/*
member: app.use
variant: a router at two paths of which one is below the other
requests: [GET /a/b/c, GET /a/c]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.use((req, res, next) => {
  res.append('X-Seen', req.baseUrl);
  next();
});
app.use(['/a', '/a/b'], router);
app.listen(process.env.PORT);
