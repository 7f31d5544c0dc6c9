/*
shape: res.<custom> assigned
variant: several, with branches, called from a helper and a router
requests: [GET /a, GET /b, GET /b?none=1, GET /c, GET /xml]
*/
const express = require('express');

const app = express();
const router = express.Router();
app.use(function (req, res, next) {
  res.success = function (data, status) {
    if (data === undefined) {
      return res.status(404).json({ success: false });
    }
    res.status(status || 200);
    res.json({ success: true, data });
  };
  res.fail = (message) => {
    res.set('X-Failed', message).status(400).send(message);
  };
  next();
});
app.get('/a', (req, res) => res.success([1, 2]));
router.get('/b', async (req, res) => {
  const found = await Promise.resolve(req.query.none ? undefined : 'b');
  return res.success(found, 201);
});
router.get('/c', (req, res) => {
  if (req.get('X-Ok')) {
    return res.success('ok');
  }
  res.fail('not ok');
});
router.get('/xml', (req, res) => {
  res.type('application/vnd.api+json');
  res.success('typed');
});
app.use(router);
app.listen(process.env.PORT);
