const { api } = require('./server.js');

api.get('/users', (req, res) => {
  res.json(['ada']);
});
