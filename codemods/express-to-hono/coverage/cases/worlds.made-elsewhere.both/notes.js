const { wrap } = require('./wrap');

class Notes {
  list = wrap(async (req, res) => {
    res.json(Object.keys(this.held));
  });

  one = wrap(async (req, res) => {
    if (!(req.params.id in this.held)) throw new Error('none');
    res.json(this.held[req.params.id]);
  });

  kept = wrap(async (req, res) => {
    res.send(`${req.httpVersion} ${Object.keys(this.held).length}`);
  });

  constructor(held) {
    this.held = held;
  }
}
module.exports = { Notes };
