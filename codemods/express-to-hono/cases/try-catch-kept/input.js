const express = require('express');

const app = express();

app.get('/a', async (req, res, next) => {
  try {
    if (!req.query.a) return next(new Error('a is needed'));
    res.json(await Promise.resolve(req.query.a));
  } catch (err) {
    res.status(502).json({ error: err.message });
  }
});

app.get('/b', async (req, res, next) => {
  try {
    const a = await Promise.resolve(1);
    res.json({ a });
  } catch (err) {
    next(err);
  } finally {
    console.log('done');
  }
});

module.exports = app;
