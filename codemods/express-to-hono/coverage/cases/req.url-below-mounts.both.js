/*
member: req.url
variant: middleware, routes and helpers below mounts read it, req.path and req.baseUrl
requests:
  - GET /users
  - GET /users/
  - GET /users?a=1
  - GET /users/7?a=1&a=2
  - GET /users/7/posts/9
  - GET /users/7/posts
  - GET /Users/7
  - GET /pre/fix/rest?b=%2F
  - GET /pre/fix
  - GET /users/a%20b
  - POST /users/7
  - GET /nothing
*/
const express = require('express');

const app = express();
const where = (req) => [req.url, req.path, req.baseUrl];
app.use((req, res, next) => {
  res.set('X-Whole', where(req).join(' '));
  next();
});
app.use('/pre/fix', (req, res) => {
  const { url, path, baseUrl } = req;
  res.json({ url, path, baseUrl });
});
const users = express.Router();
users.use((req, res, next) => {
  res.set('X-Users', `${req.baseUrl} ${req.url} ${req.path}`);
  next();
});
users.get('/', (req, res) => res.json({ list: true, url: req.url, base: req.baseUrl }));
users.get('/:id', (req, res) => res.json({ id: req.params.id, url: req.url, base: req.baseUrl }));
const posts = express.Router({ mergeParams: true });
posts.get('/', (req, res) => res.json({ of: req.params.id, path: req.path, base: req.baseUrl }));
posts.get('/:post', (req, res) => res.json({ post: req.params.post, path: req.path, url: req.url, base: req.baseUrl }));
users.use('/:id/posts', posts);
app.use('/users', users);
app.listen(process.env.PORT);
