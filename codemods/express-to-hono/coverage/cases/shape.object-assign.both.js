/*
shape: Object.assign(req, …) of what a guard found
requests: [GET /me, {GET: /me, headers: {X-User: ada}}, GET /nothing, {POST: /body, json: {a: 1}}, GET /items/7]
*/
const express = require('express');

const app = express();
const adapt = (guard) => async (req, res, next) => {
  try {
    const { status, body } = await guard({ headers: req.headers });
    if (status !== 200) {
      res.status(status).json({ error: body.message });
    } else {
      Object.assign(req, body);
      next();
    }
  } catch (error) {
    next(error);
  }
};
const auth = adapt(async ({ headers }) =>
  headers['x-user'] === undefined
    ? { status: 403, body: new Error('who?') }
    : { status: 200, body: { userId: headers['x-user'] } },
);
const nothing = adapt(async () => ({ status: 200 }));
const parsed = adapt(async () => ({ status: 200, body: { body: { parsed: true } } }));

app.use(express.json());
app.get('/me', auth, (req, res) => {
  res.json({ id: req.userId });
});
app.get('/nothing', nothing, (req, res) => {
  res.json({ id: req.userId ?? null });
});
app.post('/body', parsed, (req, res) => {
  res.json(req.body);
});
app.get(
  '/items/:id',
  (req, res, next) => {
    Object.assign(req, { params: { ...req.params, more: 'x' } });
    next();
  },
  (req, res) => {
    res.json({ ...req.params });
  },
);
app.listen(process.env.PORT);
