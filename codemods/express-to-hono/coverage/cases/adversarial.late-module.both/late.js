const app = require('./app.js');

app.get('/late', (req, res) => res.send('late'));
