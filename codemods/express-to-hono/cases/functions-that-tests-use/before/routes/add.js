const notes = require('../notes');

module.exports = async (req, res) => {
  if (!req.body.text) return res.status(422).json({ error: 'no text' });
  const note = await notes.add(req.body.text);
  res.status(201).json(note);
};
