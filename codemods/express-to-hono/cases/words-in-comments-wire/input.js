const express = require('express');

const app = express();

app.use((req, res, next) => {
  const started = Date.now();
  res.on('finish', () => console.log('answered', Date.now() - started));
  console.log('a return is taken by', req.method); // no return here
  next();
});

app.get('/', (req, res) => {
  res.json({ about: "const express = require('express')" });
});

app.listen(3000);
