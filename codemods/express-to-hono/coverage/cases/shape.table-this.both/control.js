class Things {
  constructor() {
    this.items = ['a', 'b'];
  }
  list(req, res) {
    res.json({ items: this.items });
  }
  one(req, res, next) {
    const row = this.items[Number(req.params.id)];
    if (!row) return next();
    res.json({ row });
  }
  async add(req, res) {
    this.items.push(req.body && req.body.name);
    res.status(201).location('/things/' + (this.items.length - 1)).end();
  }
}
const control = {
  items: ['a', 'b'],
  list(req, res) {
    res.json({ items: this.items });
  },
  one(req, res, next) {
    const row = this.items[Number(req.params.id)];
    if (!row) return next();
    res.json({ row });
  },
  async add(req, res) {
    this.items.push(req.body && req.body.name);
    res.status(201).location('/rows/' + (this.items.length - 1)).end();
  },
};
const plain = {
  name: 'plain',
  show(req, res) {
    res.json({ plain: true });
  },
  lost(req, res) {
    res.json({ self: typeof this });
  },
};
module.exports = { control, Things, plain };
