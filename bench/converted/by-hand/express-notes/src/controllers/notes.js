'use strict';

const { createHash } = require('node:crypto');
const notes = require('../store/notes');
const events = require('../store/events');
const { tagged } = require('../http/etag');
const { queryFields } = require('../http/fields');
const { httpError } = require('../lib/errors');
const { ok, created, pageOf, paginated } = require('../lib/respond');

const EDITABLE = ['title', 'body', 'tags', 'pinned'];

async function list(c) {
  const query = queryFields(c);
  const { tag, filter = {}, q, sort } = query;
  const rows = await notes.list({ tags: [].concat(tag || []), owner: filter.owner, q, sort });
  return paginated(c, '/notes', rows, pageOf(query));
}

async function create(c) {
  const { title, body, tags, pinned } = c.get('body');
  if (typeof title !== 'string' || title.trim() === '') throw httpError(400, 'title is required');

  const { name } = c.get('user');
  const note = await notes.create({
    title: title.trim(),
    body,
    tags: [].concat(tags || []),
    pinned: pinned === true || pinned === 'on',
    owner: name,
  });
  events.publish('note.created', { noteId: note.id, title: note.title, by: name });
  return created(c, `/notes/${note.id}`, note);
}

function show(c) {
  return ok(c, c.get('note'));
}

function raw(c) {
  const { title, body } = c.get('note');
  return tagged(c, `${title}\n\n${body}\n`, 'text/plain; charset=utf-8');
}

function checksum(c) {
  const digest = createHash('sha256').update(c.get('note').body).digest();
  return tagged(c, digest, 'application/octet-stream');
}

async function replace(c) {
  const { title, body = '', tags = [], pinned = false } = c.get('body');
  if (typeof title !== 'string' || !title) throw httpError(400, 'title is required');
  const note = await notes.update(c.get('note'), { title, body, tags, pinned });
  events.publish('note.updated', { noteId: note.id, by: c.get('user').name });
  return c.json({ data: note });
}

async function patch(c) {
  const changes = c.get('body');
  const unknown = Object.keys(changes).filter((key) => !EDITABLE.includes(key));
  if (unknown.length > 0) return c.json({ error: 'unknown fields', fields: unknown }, 422);
  const note = await notes.update(c.get('note'), changes);
  events.publish('note.updated', { noteId: note.id, by: c.get('user').name });
  return c.json({ data: note });
}

async function remove(c) {
  const { id } = c.get('note');
  await notes.remove(id);
  events.publish('note.deleted', { noteId: id, by: c.get('user').name });
  return c.body(null, 204);
}

async function share(c) {
  const note = c.get('note');
  const shareId = await notes.share(note);
  return created(c, `/shared/${shareId}`, { shareId, noteId: note.id });
}

module.exports = { list, create, show, raw, checksum, replace, patch, remove, share };
