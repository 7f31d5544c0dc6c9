'use strict';

const { param } = require('../http/param');
const { httpError } = require('../lib/errors');
const users = require('../store/users');

/** Sets `profile` to the user that the path names. */
module.exports = async function findProfile(c, next) {
  const username = param(c, 'username');
  const profile = users.findByName(username);
  if (!profile) throw httpError(404, `no user named ${username}`);
  c.set('profile', profile);
  await next();
};
