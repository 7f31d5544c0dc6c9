/*
shape: a catch that does nothing, where the request waits
requests:
  - GET /1
  - { GET: /0, timeout: 150 }
  - GET /last/1
  - { GET: /last/0, timeout: 150 }
*/
const express = require('express');

const app = express();
const wrap = (fn) => (req, res, next) => {
  return Promise.resolve(fn(req, res, next)).catch(next);
};
const find = async (id) => {
  if (id === '0') throw new Error('none');
  return { id };
};
app.get(
  '/:id',
  wrap(async (req, res) => {
    const { id } = req.params;
    try {
      const found = await find(id);
      res.json(found);
    } catch (error) {}
  }),
);
app.get('/last/:id', async (req, res) => {
  try {
    res.json(await find(req.params.id));
  } catch {
  } finally {
    find('1');
  }
});
app.listen(process.env.PORT);
