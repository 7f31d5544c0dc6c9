const express = require('express');
const session = require('express-session');
const { authenticate, authenticateInHono, requireRole, requireRoleInHono } = require('./middleware/auth');
const requestLog = require('./middleware/log');
const notes = require('./routes/notes');
const files = require('./routes/files');
const { Hono } = require('hono');
const {
  besideExpress,
  bridge,
  bridged,
  charset,
  contentLength,
  etag,
  expressRouting,
  jsonBody,
  poweredBy,
} = require('./express-parity');

const hono = new Hono(expressRouting());
hono.use(poweredBy(), etag(), contentLength(), charset());
const app = besideExpress(hono, express());
app.use(express.json());
hono.use(jsonBody());
app.use(requestLog);
hono.use(requestLog.inHono);
const sessionMiddleware = session({ secret: 'x', resave: false, saveUninitialized: false });
app.use(sessionMiddleware);
hono.use(bridge(sessionMiddleware));

hono.get('/healthz', (c) => {
  return c.json({ status: 'ok' });
});

// Everything below needs a user.
app.use(authenticate);
hono.use(authenticateInHono);

app.get('/version', (req, res) => res.json({ http: req.httpVersion }));
hono.get('/me', (c) => c.json({ user: c.get('user'), visits: bridged(c).session.visits }));
hono.delete('/users/:id', requireRoleInHono('admin'), (c) => c.body(null, 204));
app.get('/secret', requireRole('admin'), (req, res) => res.json({ raw: req.rawTrailers.length }));
hono.route('/notes', notes);
app.use('/files', files);

app.use((req, res) => {
  res.status(404).json({ error: 'not found' });
});
hono.notFound((c) => {
  return c.json({ error: 'not found' }, 404);
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message });
});
hono.onError((err, c) => {
  return c.json({ error: err.message }, err.status || 500);
});

module.exports = app;
