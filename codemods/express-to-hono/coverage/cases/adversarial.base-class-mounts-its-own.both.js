/*
shape: routers of a base class, one of which is mounted in another one
requests: [GET /api/users, GET /api/users/3, GET /api/health, GET /api/none]
*/
const express = require('express');

class BaseRouter {
  constructor() {
    this.router = express.Router();
  }

  getRouter() {
    this.setupRoutes();
    return this.router;
  }
}

class UsersRouter extends BaseRouter {
  setupRoutes() {
    this.router.get('/', (req, res) => {
      res.json(['ada']);
    });
    this.router.get('/:id', (req, res) => {
      res.json({ id: req.params.id });
    });
  }
}

class ApiRouter extends BaseRouter {
  constructor(users) {
    super();
    this.users = users;
  }

  setupRoutes() {
    this.router.use('/users', this.users.getRouter());
    this.router.get('/health', (req, res) => {
      res.send('ok');
    });
  }
}

const app = express();
app.use('/api', new ApiRouter(new UsersRouter()).getRouter());
app.listen(process.env.PORT);
