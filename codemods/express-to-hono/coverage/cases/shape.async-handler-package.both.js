/*
shape: async wrappers
variant: express-async-handler
packages: [express-async-handler]
requests: [GET /ok, GET /fail]
*/
const express = require('express');

const app = express();
const asyncHandler = require('express-async-handler');
app.get('/ok', asyncHandler(async (req, res) => {
  res.json({ ok: true });
}));
app.get('/fail', asyncHandler(async () => {
  throw new Error('failed');
}));
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
