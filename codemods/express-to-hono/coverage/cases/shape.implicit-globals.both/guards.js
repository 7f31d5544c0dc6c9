verifyToken = (req, res, next) => {
  const token = req.headers['x-access-token'];
  if (!token) return res.status(403).send({ message: 'No token provided!' });
  req.userId = token;
  next();
};

isAdmin = (req, res, next) => {
  Promise.resolve(['user', req.userId]).then((roles) => {
    for (let i = 0; i < roles.length; i++) {
      if (roles[i] === 'root') {
        next();
        return;
      }
    }
    res.status(403).send({ message: 'Require Admin Role!' });
  });
};

exports.guards = { verifyToken: verifyToken, isAdmin };
