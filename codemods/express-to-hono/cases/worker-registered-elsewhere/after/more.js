import app from './app.js';

app.get('/b', (c) => c.json({ b: 1 }));
