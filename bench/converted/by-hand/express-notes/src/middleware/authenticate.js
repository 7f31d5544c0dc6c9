'use strict';

const { getCookie } = require('hono/cookie');
const sessions = require('../store/sessions');

function tokenOf(c) {
  const [scheme, token] = (c.req.header('Authorization') ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return token;
  return getCookie(c, 'sid');
}

/** Sets `user` when the request carries a valid token; who must be signed in is decided by requireUser. */
module.exports = async function authenticate(c, next) {
  const token = tokenOf(c);
  const user = token && sessions.find(token);
  if (user) {
    c.set('user', user);
    c.set('token', token);
  }
  c.set('viewer', user ? user.name : 'anonymous');
  await next();
};
