const express = require('express');

const app = express();

class Items {
  constructor(store) {
    this.store = store;
    this.list = this.list.bind(this);
  }

  async list(req, res, next) {
    try {
      res.json(await this.store.all(this.owner(req)));
    } catch (err) {
      next(err);
    }
  }

  show = (req, res) => {
    res.json({ owner: this.owner(req) });
  };

  owner(req) {
    return req.user && req.user.name;
  }
}

const items = new Items({ all: async (owner) => [owner] });
app.get('/items', items.list);
app.get('/items/mine', items.show);

module.exports = app;
