const express = require('express');

const app = express();

app.use((req, res, next) => {
  try {
    req.user = JSON.parse(req.get('X-User') || '{}');
    next();
  } catch (err) {
    res.status(401).json({ error: err.message });
  }
});

app.get('/me', (req, res) => {
  switch (req.user.role) {
    case 'admin':
      res.json({ admin: true });
      break;
    case 'guest':
      return res.status(403).json({ admin: false });
    default:
      res.json({ admin: false, role: req.user.role });
  }
});

module.exports = app;
