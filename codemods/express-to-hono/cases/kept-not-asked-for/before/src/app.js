const express = require('express');
const requireUser = require('./middleware/require-user');

const app = express();

app.use(express.json());
app.param('team', (req, res, next, team) => {
  req.team = team.toLowerCase();
  next();
});

app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
app.get('/teams/:team', (req, res) => res.json({ team: req.team }));
app.use('/notes', requireUser('reader'), require('./routes/notes'));
app.use('/', require('./routes/pages'));

app.use((req, res) => res.status(404).json({ error: 'not found' }));

module.exports = app;
