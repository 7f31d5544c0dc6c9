/*
shape: paths with patterns, put together by templates, constants and members of a class
requests: [GET /users, GET /users/1, GET /users/x, DELETE /users/2, DELETE /users/y, GET /items/3, GET /items/z, GET /notes/4, GET /notes/w]
*/
const express = require('express');

const ITEM = '/items/:id(\\d+)';
class Users {
  path = '/users';
  router = express.Router();

  constructor() {
    this.router.get(`${this.path}`, (req, res) => {
      res.json([1, 2]);
    });
    this.router.get(`${this.path}/:id(\\d+)`, (req, res) => {
      res.json({ id: Number(req.params.id) });
    });
    this.router.delete(`${this.path}/:id(\\d+)`, (req, res) => {
      res.json({ deleted: req.params.id });
    });
  }
}
const app = express();
app.use('/', new Users().router);
app.get(ITEM, (req, res) => {
  res.json({ item: req.params.id });
});
app.get(`/notes/:id(\\d+)`, (req, res) => {
  res.json({ note: req.params.id });
});
app.listen(process.env.PORT);
