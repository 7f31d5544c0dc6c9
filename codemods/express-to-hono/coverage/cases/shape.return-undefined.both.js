/*
shape: handlers that give back nothing in words, and comments among the parameters
requests: [GET /notes/1, GET /notes/2, GET /notes/broken, GET /pass, GET /void, GET /null, { GET: /guarded }, { GET: /guarded, headers: { x-key: k } }, GET /fails]
*/
const express = require('express');

const app = express();
const notes = { 1: 'one', get broken() { throw new Error('broken'); } };
const find = async (id) => notes[id];

app.get('/notes/:id', async (req, res, next) => {
  try {
    const note = await find(req.params.id);
    if (!note) {
      res.status(404).end();
      return undefined;
    }
    return res.json({ note });
  } catch (error) {
    next(error);
    return undefined;
  }
});
app.use('/guarded', (req, res, next) => {
  if (req.get('x-key') !== 'k') {
    res.sendStatus(401);
    return null;
  }
  next();
  return undefined;
});
app.get('/guarded', (req, res) => {
  res.send('inside');
  return void 0;
});
app.get('/void', (req, res) => {
  if (req.query.a) {
    res.send('a');
    return void 0;
  }
  res.send('void');
});
app.get('/null', (req, res) => {
  res.send('null');
  return null;
});
app.get('/pass', (req, res, next) => {
  next();
  return null;
});
app.get('/pass', (req, res) => {
  res.send('passed');
});
app.get('/fails', (req, res, next) => {
  next(new Error('it fails'));
  return undefined;
});
app.use(
  async (
    // what was thrown
    error,
    req,
    res,
    // Express asks for four parameters
    next
  ) => {
    res.status(500).json({ message: error.message });
    return undefined;
  },
);
app.listen(process.env.PORT);
