/*
member: res (a member of the application's own)
requests:
  - GET /rows?limit=2
  - GET /rows
  - GET /none
  - GET /same
*/
const express = require('express');

const app = express();
const paged = (rows) => async (req, res, next) => {
  const limit = Number(req.query.limit ?? 1);
  res.page = { limit, rows: rows.slice(0, limit) };
  res.page.count = rows.length;
  next();
};
app.get('/rows', paged(['a', 'b', 'c']), (req, res) => {
  res.status(200).json(res.page);
});
app.get('/none', (req, res) => {
  res.json({ page: res.page ?? null });
});
app.get('/same', paged([]), (req, res) => {
  const { rows } = res.page;
  if (res.page.count === 0) return res.status(404).json(rows);
  res.json(rows);
});
app.listen(process.env.PORT);
