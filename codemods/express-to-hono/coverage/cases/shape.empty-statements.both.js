/*
shape: semicolons behind blocks
requests: [GET /a, 'GET /a?x=1', GET /b, 'GET /b?x=1', 'GET /c?x=1', GET /c, GET /d, GET /e, 'GET /e?x=1']
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  if (req.query.stop) {
    res.status(400).send('stop');
  } else {
    next();
  };
});
app.get('/a', (req, res) => {
  if (req.query.x) {
    res.send('x');
  } else {
    res.send('a');
  };
});
app.get('/b', async (req, res, next) => {
  try {
    if (req.query.x) {
      throw new Error('x');
    };
    res.json({ b: await Promise.resolve(1) });
  } catch (error) {
    next(error);
  };
});
app.get('/c', (req, res) => {
  Promise.resolve(req.query.x).then((x) => {
    if (!x) {
      res.status(404).send('none');
    } else {
      res.send(x);
    };
  }).catch(() => {
    res.sendStatus(500);
  });
});
app.get('/d', (req, res) => {
  res.send('d');;
});
app.get('/e', (req, res) => {
  switch (req.query.x) {
    case '1': {
      res.send('e');
      break;
    }
    default: {
      res.send('other');
    };
  };
});
app.listen(process.env.PORT);
