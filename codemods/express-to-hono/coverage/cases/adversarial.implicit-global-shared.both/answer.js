answer = function (req, res) {
  res.json({ path: req.path });
};
