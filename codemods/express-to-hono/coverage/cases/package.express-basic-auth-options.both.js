/*
package: express-basic-auth
variant: options
packages: [express-basic-auth]
requests:
  - GET /users
  - { GET: /users, headers: { Authorization: Basic YTpi } }
  - { GET: /users, headers: { Authorization: 'basic  YTpi ' } }
  - { GET: /users, headers: { Authorization: Basic YTpj } }
  - { GET: /users, headers: { Authorization: Basic Yjpi } }
  - { GET: /users, headers: { Authorization: Basic YWI= } }
  - { GET: /users, headers: { Authorization: Bearer YTpi } }
  - { GET: /users, headers: { Authorization: Basic } }
  - { GET: /users, headers: { Authorization: Basic w6k6w6k= } }
  - { GET: /users, headers: { Authorization: Basic YTpiOmM= } }
  - { GET: /unset, headers: { Authorization: Basic YTp1bmRlZmluZWQ= } }
  - { GET: /json, headers: { Authorization: Basic YTpj } }
  - { GET: /text, headers: { Authorization: Basic YTpj } }
  - { GET: /own, headers: { Authorization: Basic YTph } }
  - { GET: /own, headers: { Authorization: Basic YTpj } }
  - { GET: /later, headers: { Authorization: Basic YTph } }
  - { GET: /later, headers: { Authorization: Basic YTpj } }
  - { POST: /text, json: { a: 1 } }
*/
const express = require('express');
const basicAuth = require('express-basic-auth');

const app = express();
app.use('/users', basicAuth({ users: { a: 'b', é: 'é' }, challenge: true, realm: 'notes' }));
app.use('/unset', basicAuth({ users: { a: process.env.NO_SUCH_PASSWORD } }));
app.use('/json', basicAuth({ users: { a: 'b' }, challenge: true, unauthorizedResponse: { no: 1 } }));
app.use('/text', basicAuth({ users: {}, unauthorizedResponse: 'no <b>entry</b>' }));
app.use('/own', basicAuth({ authorizer: (name, password) => name === password }));
app.use(
  '/later',
  basicAuth({ authorizeAsync: true, authorizer: (name, password, done) => setImmediate(() => done(null, name === password)) }),
);
for (const path of ['/users', '/unset', '/json', '/text', '/own', '/later'])
  app.get(path, (req, res) => res.json({ user: req.auth.user, password: req.auth.password }));
app.use((err, req, res, next) => res.status(500).json({ error: err.name }));
app.listen(process.env.PORT);
