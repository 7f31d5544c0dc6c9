'use strict';

const { Hono } = require('hono');
const uploads = require('../controllers/uploads');
const requireUser = require('../middleware/require-user');
const { param } = require('../http/param');
const { limitUpload } = require('../http/upload');
const store = require('../store/uploads');
const { httpError } = require('../lib/errors');

const routes = new Hono();

routes.use(requireUser());

async function findUpload(c, next) {
  const upload = await store.get(param(c, 'uploadId'));
  if (!upload) throw httpError(404, 'no such upload');
  c.set('upload', upload);
  await next();
}

async function requireMultipart(c, next) {
  if (!/^multipart\/form-data\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw httpError(415, 'send multipart/form-data');
  }
  await next();
}

routes.get('/', uploads.list);
routes.post('/', requireMultipart, limitUpload, uploads.create);
routes.get('/:uploadId', findUpload, uploads.show);
routes.get('/:uploadId/file', findUpload, uploads.download);
routes.get('/:uploadId/inline', findUpload, uploads.inline);
routes.delete('/:uploadId', findUpload, uploads.remove);

module.exports = routes;
