const express = require('express');
const notes = require('./notes');

const app = express();

app.use(express.json({ limit: '32kb' }));

const router = express.Router();

router.get('/', async (req, res) => {
  const page = Number(req.query.page ?? 1);
  const term = typeof req.query.q === 'string' ? req.query.q : '';
  res.json(await notes.list({ page, term: term.trim() }));
});

router.get('/:id(\\d+)', async (req, res) => {
  const note = await notes.find(req.params.id);
  if (!note) return res.sendStatus(404);
  res.json(note);
});

// Two reads of the body: it is awaited once.
router.post('/', (req, res) => {
  if (!req.body.text) return res.status(422).json({ error: 'no text' });
  const note = notes.create(req.body.text);
  res.status(201).json(note);
});

router.put('/:id', async (req, res) => {
  const { text } = req.body;
  res.json(await notes.update(req.params.id, text));
});

router.patch('/:id', async (req, res) => {
  await notes.pin(req.params.id, req.body.pinned === true);
  res.sendStatus(204);
});

app.use('/notes', router);
app.get('/home/:page?', (req, res) => res.redirect('/notes'));

app.listen(process.env.PORT);
