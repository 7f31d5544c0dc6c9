const all = [{ id: '1' }];

module.exports = {
  list(req, res) {
    res.json(all);
  },
  one: (req, res) => {
    const user = all.find(({ id }) => id === req.params.id);
    if (!user) return res.status(404).json({ error: 'none' });
    res.json(user);
  },
};
