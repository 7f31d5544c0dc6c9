/*
shape: a package that is handed the application, and of which it is known what it registers, between guards and routes
requests:
  - GET /healthz
  - { GET: /healthz, headers: { X-Key: k } }
  - GET /notes/7
  - { GET: /notes/7, headers: { X-Key: k } }
  - { GET: /notes/none, headers: { X-Key: k } }
  - GET /graphql
  - { GET: /graphql, headers: { X-Key: k } }
  - { POST: /graphql/more, json: { a: 1 }, headers: { X-Key: k } }
  - GET /graphql/own
  - { GET: /graphql/own, headers: { X-Key: k } }
  - { GET: /.well-known/apollo/server-health, headers: { X-Key: k } }
  - { GET: /last, headers: { X-Key: k } }
  - GET /last
*/
const express = require('express');
const { ApolloServer } = require('apollo-server-express');

const app = express();
app.use((req, res, next) => {
  if (req.get('x-key') !== 'k') return res.status(401).json({ error: 'no key' });
  next();
});
app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
const server = new ApolloServer({});
server.applyMiddleware({ app, path: '/graphql' });
app.get('/graphql/own', (req, res) => res.send('own'));
app.get('/notes/:id', (req, res) => {
  if (req.params.id === 'none') throw new Error('no such note');
  res.json({ id: req.params.id });
});
app.get('/last', (req, res) => res.send('last'));
app.use((err, req, res, next) => res.status(500).json({ failed: err.message }));
app.listen(process.env.PORT);
