const express = require('express');

const app = express();

app.get('/a', async (req, res, next) => {
  const name = req.query.name;
  try {
    const name = await Promise.resolve('inner');
    res.json({ name, text: `one
  two` });
  } catch (err) {
    next(err);
  }
});

module.exports = app;
