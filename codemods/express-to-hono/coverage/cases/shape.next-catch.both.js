/*
shape: .catch(next)
requests: [GET /]
*/
const express = require('express');

const app = express();
const load = async () => {
  throw Object.assign(new Error('x'), { status: 503 });
};
app.get('/', (req, res, next) => {
  load().then((value) => res.json(value), next);
});
app.listen(process.env.PORT);
