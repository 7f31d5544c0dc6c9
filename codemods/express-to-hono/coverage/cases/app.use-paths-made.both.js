/*
member: app.use
variant: a router that is made where it is mounted, at two paths
requests: [GET /a, GET /b, GET /a/next, GET /c]
*/
const express = require('express');

function counter() {
  let count = 0;
  const router = express.Router();
  router.get('/', (req, res) => res.json({ count: ++count }));
  router.get('/next', (req, res) => res.json({ count: count + 1, at: req.baseUrl }));
  return router;
}
const app = express();
app.use(['/a', '/b'], counter());
app.listen(process.env.PORT);
