'use strict';

const { readFile } = require('node:fs/promises');
const { Hono } = require('hono');
const config = require('../config');
const { tagged } = require('../http/etag');
const { param } = require('../http/param');

const routes = new Hono();

routes.get('/changelog', async (c) =>
  tagged(c, await readFile(config.changelogFile), 'text/markdown; charset=utf-8'),
);

routes.get('/hello', (c) => {
  const name = c.req.query('name') || c.get('viewer');
  return tagged(c, `Hello, ${name.replace(/[^\w -]/g, '')}!`, 'text/html; charset=utf-8');
});

// Addresses of the first version, kept alive for bookmarks.
routes.get('/n/:id', (c) => c.redirect(encodeURI(`/notes/${param(c, 'id')}`), 301));
routes.get('/home', (c) => c.redirect('/'));
routes.all('/api/v1/*', (c) => {
  const asked = c.req.path.slice('/api/v1/'.length);
  return c.json({ error: 'version 1 of the API is gone', asked }, 410);
});

module.exports = routes;
