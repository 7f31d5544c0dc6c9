// A Connect middleware that answers with every member of the request and the response it was given: type and value, also
// of those that stand on a prototype. Names that begin with `_` are nobody's to read.

/** A value that another process can be compared with. */
function shown(target, name) {
  try {
    const value = target[name];
    if (typeof value === 'function') return 'a function';
    if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
    const kind = Object.getPrototypeOf(value)?.constructor?.name ?? 'null';
    return /^(Object|Array|null)$/.test(kind) ? `${kind} ${JSON.stringify(value)}` : `a ${kind}`;
  } catch (error) {
    return `throws ${error.constructor.name}`;
  }
}

function members(target) {
  const found = {};
  for (let at = target; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at))
      if (!name.startsWith('_') && name !== 'constructor') found[name] ??= shown(target, name);
  }
  return found;
}

module.exports = function spy(req, res) {
  const seen = { req: members(req), res: members(res) };
  seen.res['getHeaders()'] = JSON.stringify(res.getHeaders());
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(seen));
};

/** The spy, for requests that ask for it at this place. */
module.exports.at = (place) => (req, res, next) =>
  req.headers['x-place'] === place ? module.exports(req, res) : next();
