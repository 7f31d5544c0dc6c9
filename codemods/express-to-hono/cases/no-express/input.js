const app = require('./app');
app.get('/a', (req, res) => res.json({}));
