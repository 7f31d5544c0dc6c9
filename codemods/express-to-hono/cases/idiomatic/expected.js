const { Hono } = require('hono');
const notes = require('./notes');
const { serve } = require('@hono/node-server');
const { conditionalGet, jsonBody } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.use(jsonBody({ limit: 32 * 1024 }));

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
router.post('/', (c) => {
  const body = c.get('body');
  if (!body.text) return c.json({ error: 'no text' }, 422);
  const note = notes.create(body.text);
  return c.json(note, 201);
});

router.put('/:id', async (c) => {
  const { text } = c.get('body');
  return c.json(await notes.update(c.req.param('id'), text));
});

router.patch('/:id', async (c) => {
  await notes.pin(c.req.param('id'), c.get('body').pinned === true);
  return c.body(null, 204);
});

app.route('/notes', router);
app.get('/home/:page?', (c) => c.redirect('/notes'));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
