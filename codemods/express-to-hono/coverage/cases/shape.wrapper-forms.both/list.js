exports.all = async (req, res) => {
  if (req.query.fail) throw new Error('none');
  res.json([1, 2]);
};
