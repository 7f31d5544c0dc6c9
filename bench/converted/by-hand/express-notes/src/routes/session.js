'use strict';

const { Hono } = require('hono');
const session = require('../controllers/session');
const requireUser = require('../middleware/require-user');

const routes = new Hono();

routes.post('/login', session.login);
routes.post('/login/form', session.formLogin);
routes.post('/logout', requireUser(), session.logout);
routes.get('/me', requireUser(), session.me);

module.exports = routes;
