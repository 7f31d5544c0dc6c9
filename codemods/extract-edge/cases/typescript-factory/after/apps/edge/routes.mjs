import { Hono } from 'hono';
import { corsHeaders } from './express-parity.mjs';

const COUNTRIES = [
  { code: 'fi', name: 'Finland' },
  { code: 'pt', name: 'Portugal' },
];

/** A country by its code. */
const byCode = (code) => COUNTRIES.find((each) => each.code === code);

const app = new Hono({ strict: false });

app.get('/countries/:code', corsHeaders(), (c) => {
  const country = byCode(c.req.param('code'));
  if (country === undefined) {
    return c.json({ error: `no country ${c.req.param('code')}` }, 404);
  }
  return c.json(country);
});

export default app;
