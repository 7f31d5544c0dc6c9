/*
adversarial: request and response under other names
requests:
  - GET /nested?a=1
  - GET /shadowed?a=2
  - GET /guarded
  - { GET: /guarded, headers: { X-User: ann } }
  - GET /fails
  - GET /function
*/
const express = require('express');

const app = express();

const guard = (req, res, next) => {
  const incoming = req;
  let reply = res;
  if (!incoming.get('X-User')) return reply.status(401).json({ error: 'who?' });
  incoming.user = { name: incoming.get('X-User') };
  next();
};

app.get('/nested', (req, res) => {
  const request = req;
  const again = request;
  const answer = () => {
    const c = 'not the context';
    res.json({ a: again.query.a, c });
  };
  answer();
});

app.get('/shadowed', (req, res) => {
  const request = req;
  const read = (request) => request.query;
  res.json({ own: read({ query: 'own' }), asked: request.query.a });
});

app.get('/guarded', guard, (req, res) => {
  const authorized = req;
  const { user } = authorized;
  void authorized;
  res.json({ user });
});

app.get('/fails', (req, res, next) => {
  next(new Error('failed'));
});

app.get('/function', (req, res) => {
  function reply() {
    return response.send('of a function');
  }
  const response = res;
  reply();
});

app.use((err, req, res, next) => {
  void next;
  res.status(500).json({ error: err.message });
});

app.listen(process.env.PORT);
