/*
package: '@bull-board/express'
packages: ['@bull-board/express', '@bull-board/api', express-session]
cookies: true
requests:
  - GET /ui
  - GET /ui/api/queues
  - GET /ui/login
  - { POST: /ui/login, json: { name: bob } }
  - { POST: /ui/login, json: { name: ada } }
  - GET /ui/api/queues
  - GET /broken
  - GET /missing
*/
const { createBullBoard } = require('@bull-board/api');
const { ExpressAdapter } = require('@bull-board/express');
const express = require('express');
const session = require('express-session');

const serverAdapter = new ExpressAdapter();
serverAdapter.setBasePath('/ui');
createBullBoard({ queues: [], serverAdapter });

const app = express();
app.use(session({ secret: 's', genid: () => 'one', resave: false, saveUninitialized: false }));
app.use(express.json());
app.get('/ui/login', (req, res) => {
  res.json({ login: req.session.name ?? null });
});
app.post('/ui/login', (req, res) => {
  if (req.body.name !== 'ada') return res.status(403).json('not you');
  req.session.name = req.body.name;
  res.json('welcome');
});
app.get('/broken', () => {
  throw new Error('broken');
});
const signedIn = (req, res, next) => {
  if (!req.session.name) return res.redirect('/ui/login');
  next();
};
app.use('/ui', signedIn, serverAdapter.getRouter());
app.use((error, req, res, next) => {
  res.status(500).json(error.message);
});
app.listen(process.env.PORT);
