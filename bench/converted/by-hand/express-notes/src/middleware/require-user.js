'use strict';

const { httpError } = require('../lib/errors');

/** Lets signed-in users through; with a `role`, only users who have it. */
module.exports = function requireUser(role) {
  return async function requireUser(c, next) {
    const user = c.get('user');
    if (!user) {
      c.header('WWW-Authenticate', 'Bearer realm="notes"');
      throw httpError(401, 'sign in first');
    }
    if (role && user.role !== role) throw httpError(403, `this needs the role ${role}`);
    await next();
  };
};
