/*
member: res.headersSent
variant: guards before an answer
requests: [GET /ok, GET /fails, GET /declared, GET /callback, GET /callback?fail=1, GET /before, GET /after, GET /both, GET /error]
*/
const express = require('express');

const app = express();
const load = async (fail) => {
  if (fail) throw new Error('load');
  return 'loaded';
};
const store = { get: (fail, done) => setImmediate(() => (fail ? done(new Error('got')) : done(null, 'found'))) };
app.get('/ok', async (req, res) => {
  try {
    res.json({ value: await load(false) });
  } catch (err) {
    if (!res.headersSent) {
      res.status(500).json({ error: err.message });
    }
  }
});
app.get('/fails', async (req, res) => {
  try {
    const value = await load(true);
    res.json({ value });
  } catch (err) {
    if (!res.headersSent) res.status(500).json({ error: err.message });
  }
});
app.get('/declared', async (req, res) => {
  const value = await load(false);
  if (!res.headersSent) {
    const text = 'text: ' + value;
    res.set('X-Declared', '1');
    return res.send(text);
  }
});
app.get('/callback', (req, res) => {
  store.get(req.query.fail, (err, value) => {
    if (err) return res.status(500).send(err.message);
    if (!res.headersSent) res.send(value);
  });
});
app.get('/before', (req, res) => {
  const before = res.headersSent;
  res.json({ before });
});
app.get('/after', (req, res) => res.send('after'));
app.get('/both', (req, res) => {
  if (req.query.none && !res.headersSent) {
    return res.send('none');
  }
  res.send('both');
});
app.get('/error', () => {
  throw new Error('x');
});
app.use((err, req, res, next) => {
  if (!res.headersSent) {
    res.status(503);
    res.json({ error: err.message });
  }
});
app.listen(process.env.PORT);
