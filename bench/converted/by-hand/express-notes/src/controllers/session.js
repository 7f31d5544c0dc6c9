'use strict';

const { getCookie, setCookie } = require('hono/cookie');
const sessions = require('../store/sessions');
const users = require('../store/users');
const { clearCookie, lasting } = require('../http/cookies');
const { taggedJson } = require('../http/etag');
const { httpError } = require('../lib/errors');

const LAST_USER = { httpOnly: true, sameSite: 'lax' };

function login(c) {
  const { name, password } = c.get('body');
  if (!name || !password) throw httpError(400, 'name and password are required');

  const user = users.verify(name, password);
  if (!user) throw httpError(401, 'wrong name or password');

  setCookie(c, 'last_user', user.name, { ...LAST_USER, ...lasting(7 * 24 * 3600) });
  return c.json({ token: sessions.open(user), user: users.publicProfile(user) });
}

function logout(c) {
  sessions.close(c.get('token'));
  clearCookie(c, 'last_user', LAST_USER);
  return c.body(null, 204);
}

function me(c) {
  c.header('Vary', 'Authorization');
  return taggedJson(c, {
    user: users.publicProfile(c.get('user')),
    viewer: c.get('viewer'),
    lastUser: getCookie(c, 'last_user'),
  });
}

/** Sign-in from the HTML form: answers with a redirect instead of a token in the body. */
function formLogin(c) {
  const { name, password } = c.get('body');
  const user = users.verify(name, password);
  if (!user) return c.redirect('/?login=failed');
  setCookie(c, 'sid', sessions.open(user), { httpOnly: true });
  return c.redirect(`/users/${user.name}`);
}

module.exports = { login, logout, me, formLogin };
