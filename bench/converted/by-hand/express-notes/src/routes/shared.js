'use strict';

const { Hono } = require('hono');
const notes = require('../store/notes');
const { taggedJson } = require('../http/etag');
const { param } = require('../http/param');

const routes = new Hono();

// What a share link shows needs no sign-in, and does not tell who owns the note.
routes.get('/:shareId', async (c) => {
  const note = await notes.findShared(param(c, 'shareId'));
  if (!note) return c.text('Not Found', 404);
  const { title, body, tags } = note;
  return taggedJson(c, { title, body, tags });
});

module.exports = routes;
