/*
member: app.use
variant: applications in applications, with errors, parameters and 404
requests:
  [GET /admin/, GET /admin/x, GET /admin/fails, GET /admin/handled, GET /admin/deep/1, GET /none, GET /admin/none, OPTIONS /admin/x,
  POST /admin/x, 'GET /users/7/posts/3']
*/
const express = require('express');

const app = express();
const admin = express();
const deep = express();
const posts = express();
app.disable('x-powered-by');
admin.disable('x-powered-by');
deep.disable('x-powered-by');
posts.disable('x-powered-by');
app.use(express.json());
admin.use((req, res, next) => {
  res.set('X-Admin', req.baseUrl + ' ' + req.url);
  next();
});
admin.get('/', (req, res) => {
  res.send([admin.mountpath, admin.path(), deep.path(), app.path(), app.mountpath].join());
});
admin.get('/x', (req, res) => {
  res.json({ path: req.path, original: req.originalUrl });
});
admin.post('/x', (req, res) => {
  res.json(req.body === undefined ? 'no body' : req.body);
});
admin.get('/fails', () => {
  throw new Error('failed');
});
admin.get('/handled', () => {
  throw Object.assign(new Error('mine'), { own: true });
});
deep.get('/:id', (req, res) => {
  res.send('deep ' + req.params.id);
});
admin.use('/deep', deep);
admin.use((err, req, res, next) => {
  if (!err.own) return next(err);
  res.status(409).send('admin: ' + err.message);
});
app.use('/admin', admin);
posts.get('/:post', (req, res) => {
  res.send('post ' + req.params.post);
});
app.use('/users/:user/posts', posts);
app.use((err, req, res, next) => {
  res.status(500).send('app: ' + err.message);
});
app.listen(process.env.PORT);
