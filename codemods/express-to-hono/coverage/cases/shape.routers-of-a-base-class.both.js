/*
shape: routers of a base class that each subclass fills as it is made
requests: [GET /users, GET /users/1, GET /posts, GET /posts/1, GET /none]
*/
const express = require('express');

class Base {
  constructor() {
    this.router = express.Router();
  }
}
class Users extends Base {
  constructor() {
    super();
    this.routes();
  }

  routes() {
    this.router.get('/', (req, res) => {
      res.json(['ada']);
    });
    this.router.get('/:id', (req, res) => {
      res.json({ user: req.params.id });
    });
  }
}
class Posts extends Base {
  constructor() {
    super();
    this.routes();
  }

  routes() {
    this.router.get('/', (req, res) => {
      res.json(['a post']);
    });
  }
}
const app = express();
app.use('/users', new Users().router);
app.use('/posts', new Posts().router);
app.listen(process.env.PORT);
