'use strict';

const { getCookie, setCookie } = require('hono/cookie');
const {
  clearCookie,
  getJsonCookie,
  getSignedCookie,
  lasting,
  setJsonCookie,
  setSignedCookie,
} = require('../http/cookies');
const { taggedJson } = require('../http/etag');
const { httpError } = require('../lib/errors');

const THEMES = ['light', 'dark', 'system'];

exports.show = (c) => {
  const visits = Number(getSignedCookie(c, 'visits') || 0) + 1;
  setSignedCookie(c, 'visits', String(visits), { httpOnly: true });
  return taggedJson(c, {
    theme: getCookie(c, 'theme') || 'system',
    layout: getJsonCookie(c, 'layout') || { columns: 1 },
    visits,
  });
};

exports.update = (c) => {
  const { theme, layout } = c.get('body');
  if (theme && !THEMES.includes(theme)) throw httpError(400, `theme must be one of ${THEMES.join(', ')}`);
  if (theme) setCookie(c, 'theme', theme, lasting(30 * 24 * 3600));
  if (layout) setJsonCookie(c, 'layout', layout);
  return c.json({ theme, layout });
};

exports.clear = (c) => {
  for (const name of ['theme', 'layout', 'visits']) clearCookie(c, name);
  return c.body(null, 204);
};
