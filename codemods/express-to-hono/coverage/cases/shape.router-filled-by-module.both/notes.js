const { api } = require('./api.js');

api.get('/notes', (req, res) => {
  res.json(['a note']);
});
