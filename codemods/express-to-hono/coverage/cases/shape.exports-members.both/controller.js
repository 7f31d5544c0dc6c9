exports.index = (req, res) => {
  res.send('index');
};

exports.create = async function (req, res) {
  res.status(201).send('create');
};
