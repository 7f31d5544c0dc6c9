'use strict';

const { Hono } = require('hono');
const notes = require('../controllers/notes');
const comments = require('./comments');
const requireUser = require('../middleware/require-user');
const { param } = require('../http/param');
const store = require('../store/notes');
const { httpError } = require('../lib/errors');

const routes = new Hono();

async function findNote(c, next) {
  const note = await store.get(param(c, 'noteId'));
  if (!note) throw httpError(404, 'no such note');
  c.set('note', note);
  await next();
}

async function requireOwner(c, next) {
  const user = c.get('user');
  if (c.get('note').owner !== user.name && user.role !== 'admin') {
    return c.json({ error: 'only the owner may change this note' }, 403);
  }
  await next();
}

routes.get('/', notes.list);
routes.post('/', requireUser(), notes.create);

routes.get('/:noteId', findNote, notes.show);
routes.get('/:noteId/raw', findNote, notes.raw);
routes.get('/:noteId/checksum', findNote, notes.checksum);
routes.put('/:noteId', findNote, requireUser(), requireOwner, notes.replace);
routes.patch('/:noteId', findNote, requireUser(), requireOwner, notes.patch);
routes.delete('/:noteId', findNote, requireUser(), requireOwner, notes.remove);
routes.post('/:noteId/share', findNote, requireUser(), notes.share);

routes.use('/:noteId/comments/*', findNote);
routes.route('/:noteId/comments', comments);

module.exports = routes;
