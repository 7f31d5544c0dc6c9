const express = require('express');
const requireUser = require('./middleware/require-user');
const { Hono } = require('hono');
const {
  besideExpress,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  jsonBody,
  param,
  poweredBy,
} = require('./express-parity');

const hono = new Hono(expressRouting());
hono.use(poweredBy(), etag(), contentLength(), charset());
hono.onError(errorPage);
const app = besideExpress(hono, express(), { divided: ['/notes'] });

app.use(express.json());
hono.use(jsonBody());
app.param('team', (req, res, next, team) => {
  req.team = team.toLowerCase();
  next();
});
const teamParam = param('team', async (c, next, team) => {
  c.set('team', team.toLowerCase());
  await next();
});

app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
hono.get('/teams/:team', teamParam, (c) => c.json({ team: c.get('team') }));
app.use('/notes', requireUser('reader'), require('./routes/notes'));
hono.use('/notes/*', requireUser.inHono('reader'));
hono.route('/notes', require('./routes/notes').inHono);
app.use('/', require('./routes/pages'));

app.use((req, res) => res.status(404).json({ error: 'not found' }));
hono.notFound((c) => c.json({ error: 'not found' }, 404));

module.exports = app;
