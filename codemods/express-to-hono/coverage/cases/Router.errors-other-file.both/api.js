const express = require('express');

const api = express.Router();
api.get('/early', () => {
  throw new Error('early');
});
api.use((err, req, res, next) => {
  res.status(409).json({ by: 'the router', message: err.message, url: req.url });
});
module.exports = api;
