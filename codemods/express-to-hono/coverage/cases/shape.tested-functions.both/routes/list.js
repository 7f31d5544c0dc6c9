const notes = require('../notes');

function list(req, res) {
  res.json(notes.all());
}

// One count for both: the variable is the module's.
let asked = 0;
exports.count = (req, res) => {
  asked += 1;
  res.json({ asked });
};
exports.list = list;
