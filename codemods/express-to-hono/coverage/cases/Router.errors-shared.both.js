/*
member: Router.use
variant: one error handler that several applications have, before and behind their routes, and none has the outermost one
requests:
  - GET /sync/fails
  - GET /sync/open
  - { GET: /sync/open, headers: { X-Token: good } }
  - { GET: /sync/fails, headers: { X-Token: good } }
  - { GET: /sync/open, headers: { X-Token: bad } }
  - { POST: /account/login, json: { name: a } }
  - { POST: /account/login, body: '{', headers: { Content-Type: application/json } }
  - { POST: /account/login, body: 'name=b', headers: { Content-Type: application/x-www-form-urlencoded } }
  - GET /account/fails
  - GET /admin/fails?a=b
  - GET /admin/users
  - GET /admin
  - GET /none
*/
const express = require('express');

const seen = [];
async function errorMiddleware(err, req, res, next) {
  if (res.headersSent) {
    return next(err);
  }
  seen.push(`Error on endpoint ${req.url}`, err.type || err.message);
  res.status(500).send({ status: 'error', reason: 'internal-error', seen: seen.splice(0) });
}
const session = async (req, res, next) => {
  const token = req.get('X-Token');
  if (token === undefined) return res.status(401).send({ status: 'error', reason: 'unauthorized' });
  if (token !== 'good') return next(new Error('a bad token'));
  next();
};

const sync = express();
sync.use(session);
sync.use(errorMiddleware);
sync.use(express.json());
sync.get('/open', (req, res) => res.send({ open: true }));
sync.get('/fails', () => {
  throw Object.assign(new Error('sync fails'), { status: 503 });
});

const account = express();
account.use(express.json());
account.use(express.urlencoded({ extended: true }));
account.use(errorMiddleware);
account.post('/login', (req, res) => res.send({ name: req.body.name }));
account.get('/fails', (req, res, next) => next(Object.assign(new Error('account fails'), { status: 418 })));

const admin = express();
admin.use(express.json());
admin.get('/users', (req, res) => res.send([]));
admin.get('/fails', () => {
  throw new Error('admin fails');
});
admin.use(errorMiddleware);

const app = express();
app.use('/sync', sync);
app.use('/account', account);
app.use('/admin', admin);
app.listen(process.env.PORT);
