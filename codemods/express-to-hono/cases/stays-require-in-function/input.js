function make() {
  const express = require('express');
  const app = express();
  app.get('/a', (req, res) => res.json({}));
  return app;
}

module.exports = make;
