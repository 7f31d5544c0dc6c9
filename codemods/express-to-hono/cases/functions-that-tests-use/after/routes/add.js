const notes = require('../notes');

module.exports = async (req, res) => {
  if (!req.body.text) return res.status(422).json({ error: 'no text' });
  const note = await notes.add(req.body.text);
  res.status(201).json(note);
};

module.exports.inHono = async (c) => {
  const body = c.get('body');
  if (!body.text) return c.json({ error: 'no text' }, 422);
  const note = await notes.add(body.text);
  return c.json(note, 201);
};
