/*
shape: try/catch in a handler
requests: [GET /ok, GET /fail, GET /next]
*/
const express = require('express');

const app = express();
app.get('/ok', async (req, res) => {
  try {
    const value = await Promise.resolve(1);
    res.json({ value });
  } catch (error) {
    res.status(500).json({ error: error.message });
  }
});
app.get('/fail', async (req, res) => {
  try {
    await Promise.reject(new Error('failed'));
    res.send('never');
  } catch (error) {
    res.status(500).json({ error: error.message });
  }
});
app.get('/next', async (req, res, next) => {
  try {
    throw Object.assign(new Error('gone'), { status: 410 });
  } catch (error) {
    next(error);
  }
});
app.listen(process.env.PORT);
