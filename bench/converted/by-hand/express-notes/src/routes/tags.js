'use strict';

const { promisify } = require('node:util');
const { Hono } = require('hono');
const notes = require('../store/notes');
const { taggedJson } = require('../http/etag');
const { param } = require('../http/param');

const countByTag = promisify(notes.countByTag);
const routes = new Hono();

routes.use(async (c, next) => {
  c.header('Cache-Control', 'public, max-age=60');
  await next();
});

routes.get('/', async (c) => taggedJson(c, await countByTag({ order: c.req.query('order') })));

routes.get('/:tag', async (c) => {
  const tag = param(c, 'tag');
  const rows = await notes.list({ tags: [tag] });
  if (rows.length === 0) return c.json({ error: `nothing is tagged ${tag}` }, 404);
  return taggedJson(c, { tag, notes: rows.map(({ id, title }) => ({ id, title })) });
});

module.exports = routes;
