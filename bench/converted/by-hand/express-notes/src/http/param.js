'use strict';

const { httpError } = require('../lib/errors');

/**
 * A parameter of the path. Hono gives an escape that is none (`%zz`) as it came; here it is the client's mistake.
 *
 * @throws 400
 */
function param(c, name) {
  const value = c.req.param(name);
  if (value.includes('%') && isMalformed(new URL(c.req.url).pathname)) throw httpError(400, 'malformed URL');
  return value;
}

function isMalformed(path) {
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}

module.exports = { param };
