const notes = require('../notes');

function list(req, res) {
  res.json(notes.all());
}

function listInHono(c) {
  return c.json(notes.all());
}

// One count for both: the variable is the module's.
let asked = 0;
exports.count = (req, res) => {
  asked += 1;
  res.json({ asked });
};

exports.countInHono = (c) => {
  asked += 1;
  return c.json({ asked });
};
exports.list = list;
exports.listInHono = listInHono;
