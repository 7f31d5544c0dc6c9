/*
shape: a router that a loop over Array.of fills; the module throws a text as it is loaded
requests: [GET /assets/a.txt, GET /assets/b.txt, GET /assets/none.txt, GET /hello, GET /fails]
*/
const path = require('node:path');
const express = require('express');

if (process.env.NEVER_SET) {
  throw 'Do not set this.';
}

const app = express();
app.use(assets());
app.get('/hello', (req, res) => {
  res.json({ hello: true });
});
app.get('/fails', () => {
  throw Object.assign(new Error('no'), { status: 418 });
});
app.use((err, req, res, next) => {
  res.status(err.status).json({ message: err.message });
});
app.listen(process.env.PORT);

function assets() {
  const router = express.Router();
  Array.of('first', 'second').forEach((folder) => {
    router.use('/assets', express.static(path.join(__dirname, folder), { redirect: false }));
  });
  return router;
}
