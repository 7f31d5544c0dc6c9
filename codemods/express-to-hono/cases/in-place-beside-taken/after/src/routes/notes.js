const { Hono } = require('hono');
const { requireRoleInHono } = require('../middleware/auth');

const router = new Hono();
const all = [{ id: 1, text: 'a' }];

router.get('/', (c) => {
  return c.json(all);
});

router.post('/', requireRoleInHono('admin'), (c) => {
  const body = c.get('body');
  if (!body.text) throw Object.assign(new Error('text'), { status: 400 });
  all.push({ id: all.length + 1, text: body.text });
  return c.json(all.at(-1), 201);
});

module.exports = router;
