import { Hono } from 'hono';
import { conditionalGet } from './express-parity.mjs';

// Where old links go.
const MOVED = { tea: '/catalog/green-tea', cups: '/catalog/cup' };

const SIZES = [
  { name: 's', width: 40 },
  { name: 'm', width: 48 },
];

/** The size of a name, whatever its case. */
function sizeOf(name) {
  return SIZES.find((each) => each.name === name.toLowerCase());
}

const KINDS = ['tea', 'coffee'];

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.get('/go/:name', (c) => {
  return c.redirect(MOVED[c.req.param('name')] || '/catalog', 301);
});

app.get('/sizes/:size', (c) => {
  const size = sizeOf(c.req.param('size'));
  if (!size) return c.json({ error: 'no such size' }, 404);
  c.header('Cache-Control', 'public, max-age=3600');
  return c.json(size);
});

app.get('/catalog/kinds', (c) => {
  return c.json({ kinds: KINDS, page: Number(c.req.query('page') || 1) });
});

export default app;
