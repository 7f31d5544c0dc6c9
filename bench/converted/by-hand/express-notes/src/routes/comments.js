'use strict';

const { Hono } = require('hono');
const comments = require('../store/comments');
const requireUser = require('../middleware/require-user');
const { param } = require('../http/param');
const { httpError } = require('../lib/errors');
const { ok, created } = require('../lib/respond');

const routes = new Hono();

routes.get('/', async (c) => ok(c, await comments.list(c.get('note').id)));

routes.post('/', requireUser(), async (c) => {
  const { text } = c.get('body');
  if (!text) throw httpError(400, 'text is required');
  const { id } = c.get('note');
  const comment = await comments.add(id, { text, by: c.get('user').name });
  return created(c, `/notes/${id}/comments/${comment.id}`, comment);
});

routes.get('/:commentId', async (c) => {
  const comment = await comments.get(c.get('note').id, Number(param(c, 'commentId')));
  if (!comment) throw httpError(404, 'no such comment');
  return ok(c, comment);
});

module.exports = routes;
