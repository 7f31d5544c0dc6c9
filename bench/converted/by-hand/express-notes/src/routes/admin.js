'use strict';

const { Hono } = require('hono');
const admin = require('../controllers/admin');
const requireUser = require('../middleware/require-user');

const routes = new Hono();

routes.use(requireUser('admin'), async (c, next) => {
  c.header('Cache-Control', 'no-store');
  await next();
});

routes.get('/stats', admin.stats);
routes.get('/backup', admin.backup);
routes.post('/announcements', admin.announce);
routes.get('/diagnostics/error', admin.diagnosticError);

module.exports = routes;
