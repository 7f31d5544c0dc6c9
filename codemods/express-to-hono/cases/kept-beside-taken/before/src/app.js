const express = require('express');
const session = require('express-session');
const { authenticate, requireRole } = require('./middleware/auth');
const requestLog = require('./middleware/log');
const notes = require('./routes/notes');
const files = require('./routes/files');

const app = express();
app.use(express.json());
app.use(requestLog);
app.use(session({ secret: 'x', resave: false, saveUninitialized: false }));

app.get('/healthz', (req, res) => {
  res.json({ status: 'ok' });
});

// Everything below needs a user.
app.use(authenticate);

app.get('/version', (req, res) => res.json({ http: req.httpVersion }));
app.get('/me', (req, res) => res.json({ user: req.user, visits: req.session.visits }));
app.delete('/users/:id', requireRole('admin'), (req, res) => res.status(204).end());
app.get('/secret', requireRole('admin'), (req, res) => res.json({ raw: req.rawTrailers.length }));
app.use('/notes', notes);
app.use('/files', files);

app.use((req, res) => {
  res.status(404).json({ error: 'not found' });
});
app.use((err, req, res, next) => {
  res.status(err.status || 500).json({ error: err.message });
});

module.exports = app;
