'use strict';

const { Hono } = require('hono');

const config = require('./config');
const findProfile = require('./middleware/find-profile');
const requestId = require('./middleware/request-id');
const requestLog = require('./middleware/request-log');
const authenticate = require('./middleware/authenticate');
const notFound = require('./middleware/not-found');
const errorHandler = require('./middleware/error-handler');
const site = require('./controllers/site');
const users = require('./controllers/users');
const { parsedBody } = require('./http/body');
const { staticFiles } = require('./http/files');
const { anyCase } = require('./http/path-case');

const app = new Hono({ getPath: anyCase(() => app.routes) });

// Asked for all day by crawlers and clients that start: the same for everybody, so nothing runs before them.
app.get('/robots.txt', site.robots);
app.get('/limits', site.limits);

app.use(requestId);
if (config.logRequests) app.use(requestLog);
app.use(parsedBody({ json: 64 * 1024, form: 32 * 1024 }));
app.use(authenticate);

app.get('/healthz', (c) => {
  c.header('Cache-Control', 'no-store');
  return c.json({ status: 'ok' });
});

app.get('/users/:username', findProfile, users.show);
app.get('/users/:username/notes', findProfile, users.notes);

app.route('/', require('./routes/session'));
app.route('/preferences', require('./routes/preferences'));
app.route('/notes', require('./routes/notes'));
app.route('/tags', require('./routes/tags'));
app.route('/shared', require('./routes/shared'));
app.route('/uploads', require('./routes/uploads'));
app.route('/events', require('./routes/events'));
app.route('/admin', require('./routes/admin'));
app.route('/', require('./routes/pages'));

// Last: no file of public/ has the path of a route, and the disk need not be asked for every GET.
app.get('*', staticFiles(config.publicDir, { maxAge: 3600 }));

app.notFound(notFound);
app.onError(errorHandler);

module.exports = app;
