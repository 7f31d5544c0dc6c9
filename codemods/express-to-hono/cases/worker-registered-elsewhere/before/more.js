import app from './app.js';

app.get('/b', (req, res) => res.json({ b: 1 }));
