/*
member: app.use
variant: an error handler reads the request, errors come from mounts without any middleware
requests: [GET /users/7, GET /prefix/x?q=1]
*/
const express = require('express');

const app = express();
const users = express.Router();
users.get('/:id', () => {
  throw new Error('shallow');
});
app.use('/users', users);
app.use('/prefix', () => {
  throw new Error('in a prefix');
});
app.use((err, req, res, next) => {
  res.status(500).json({ path: req.path, url: req.url, base: req.baseUrl, params: req.params, id: req.params.id });
});
app.listen(process.env.PORT);
