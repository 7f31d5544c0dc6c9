exports.clean = (req, res) => {
  if (req.params.id) req.params.id = 'cleaned';
  const { json } = res;
  res.json = (body) => json.call(res, [body]);
};
