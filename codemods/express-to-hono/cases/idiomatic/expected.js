const { Hono } = require('hono');
const notes = require('./notes');
const { serve } = require('@hono/node-server');
const { bodyLimit } = require('hono/body-limit');

const app = new Hono();

app.use(bodyLimit({ maxSize: 32 * 1024 }));

const router = new Hono();

router.get('/', async (c) => {
  const page = Number(c.req.query('page') ?? 1);
  const term = c.req.query('q') ?? '';
  return c.json(await notes.list({ page, term: term.trim() }));
});

router.get('/:id{\\d+}', async (c) => {
  const note = await notes.find(c.req.param('id'));
  if (!note) return c.text('Not Found', 404);
  return c.json(note);
});

// Two reads of the body: it is awaited once.
router.post('/', async (c) => {
  const body = await c.req.json();
  if (!body.text) return c.json({ error: 'no text' }, 422);
  const note = notes.create(body.text);
  return c.json(note, 201);
});

router.put('/:id', async (c) => {
  const { text } = await c.req.json();
  return c.json(await notes.update(c.req.param('id'), text));
});

router.patch('/:id', async (c) => {
  await notes.pin(c.req.param('id'), (await c.req.json()).pinned === true);
  return c.body(null, 204);
});

app.route('/notes', router);
app.get('/home/:page?', (c) => c.redirect('/notes'));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
