const express = require('express');
const app = express();
app.get('/', (req, res) => res.json({ a: 1 }));
app.listen(process.env.PORT || 3000);
setTimeout(() => {
  app.get('/late', (req, res) => res.json({ late: 1 }));
}, 1000);
