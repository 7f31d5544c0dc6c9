const { Hono } = require('hono');
const { conditionalGet, errorPage } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());
app.onError(errorPage);

class Items {
  constructor(store) {
    this.store = store;
    this.list = this.list.bind(this);
  }

  async list(c) {
    return c.json(await this.store.all(this.owner(c)));
  }

  show = (c) => {
    return c.json({ owner: this.owner(c) });
  };

  owner(c) {
    const user = c.get('user');
    return user && user.name;
  }
}

const items = new Items({ all: async (owner) => [owner] });
app.get('/items', items.list);
app.get('/items/mine', items.show);

module.exports = app;
