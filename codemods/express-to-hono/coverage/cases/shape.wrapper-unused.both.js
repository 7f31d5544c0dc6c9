/*
shape: a wrapper whose other uses nothing registers
requests:
  - GET /a
  - { GET: /a, headers: { Authorization: k } }
  - GET /b
*/
const express = require('express');

const app = express();
const asyncHandler = (fn) => {
  return (req, res, next) => {
    Promise.resolve(fn(req, res, next)).catch(next);
  };
};
const authenticate = asyncHandler(async (req, res, next) => {
  if (!req.headers.authorization) throw new Error('who?');
  next();
});
const owner = (name) =>
  asyncHandler(async (req, res, next) => {
    if (req.headers.authorization !== name) throw new Error('not yours');
    next();
  });
app.get('/a', authenticate, asyncHandler(async (req, res) => {
  res.json({ a: 1 });
}));
app.get('/b', asyncHandler(async (req, res) => {
  res.json({ b: typeof owner });
}));
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
