const { api } = require('./api.js');

api.get('/users', (req, res) => {
  res.json(['ada']);
});
