exports.arrow = (fn) => (req, res, next) => fn(req, res, next).catch((error) => next(error));
exports.unused = () => null;
