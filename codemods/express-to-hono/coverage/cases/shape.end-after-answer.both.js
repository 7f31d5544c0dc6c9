/*
shape: '`res.end()` behind a whole answer, which does nothing any more'
requests:
  - GET /json
  - GET /status
  - GET /send
  - GET /returned
  - GET /branch?x=1
  - GET /branch
  - GET /between
  - GET /count
  - GET /try
  - GET /try?fail=1
  - GET /promise
  - GET /promise?fail=1
  - GET /callback
  - GET /await
  - GET /await?none=1
  - GET /helper
  - GET /redirect
  - GET /early?x=1
  - GET /early
  - GET /switch?kind=a
  - GET /switch?kind=b
  - GET /switch
  - HEAD /json
*/
const express = require('express');

const app = express();
let count = 0;
app.get('/json', (req, res) => {
  res.json({ a: 1 });
  res.end();
});
app.get('/status', (req, res) => {
  res.status(201).json({ a: 2 });
  return res.end();
});
app.get('/send', (req, res) => {
  res.status(404);
  res.send('none');
  res.end();
});
app.get('/returned', (req, res) => {
  res.sendStatus(202);
  res.end();
  return;
});
app.get('/branch', (req, res) => {
  if (req.query.x) {
    res.json({ x: req.query.x });
  } else {
    res.status(400).send('no x');
  }
  res.end();
});
app.get('/between', (req, res) => {
  res.json({ count });
  count += 1;
  res.end();
});
app.get('/count', (req, res) => {
  res.json({ count }).end();
});
app.get('/try', (req, res) => {
  try {
    if (req.query.fail) throw new Error('failed');
    res.json({ ok: true });
  } catch (error) {
    res.status(500).json({ error: error.message });
  }
  res.end();
});
app.get('/promise', (req, res) => {
  Promise.resolve(req.query.fail)
    .then((fail) => {
      if (fail) throw new Error('refused');
      res.json({ fine: true });
      res.end();
    })
    .catch((error) => {
      res.status(409).json({ error: error.message });
      return res.end();
    });
});
app.get('/callback', (req, res) => {
  setTimeout(() => {
    res.status(200).send('later');
    res.end();
  }, 1);
});
app.get('/await', async (req, res) => {
  const found = await Promise.resolve(req.query.none ? null : { id: 1 });
  if (!found) {
    res.status(404).json({ found: false });
    return res.end();
  }
  res.json(found);
  res.end();
});
function answer(res, status, body) {
  res.status(status).json(body);
  res.end();
}
app.get('/helper', (req, res) => {
  answer(res, 203, { helped: true });
});
app.get('/redirect', (req, res) => {
  res.redirect('/json');
  res.end();
});
app.get('/early', (req, res) => {
  if (req.query.x) {
    res.json({ early: true });
    res.end();
    return;
  }
  res.json({ early: false });
  res.end();
});
app.get('/switch', (req, res) => {
  switch (req.query.kind) {
    case 'a':
      res.send('is a');
      res.end();
      break;
    case 'b':
      res.status(202).send('is b');
      res.end();
      break;
    default:
      res.status(400).send('neither');
      res.end();
  }
});
app.listen(process.env.PORT);
