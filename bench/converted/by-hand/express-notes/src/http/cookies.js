'use strict';

const { createHmac, timingSafeEqual } = require('node:crypto');
const { getCookie, setCookie } = require('hono/cookie');
const { cookieSecret } = require('../config');

/**
 * Signed and JSON cookies in the form that Express gave them (`s:<value>.<HMAC>`, `j:<JSON>`), so that those which
 * clients hold stay good. Goes when the last of them has expired: hono/cookie signs in a form of its own.
 */
const signature = (value) =>
  createHmac('sha256', cookieSecret).update(value).digest('base64').replace(/=+$/, '');

function setSignedCookie(c, name, value, options) {
  setCookie(c, name, `s:${value}.${signature(value)}`, options);
}

/** The value, if this server signed it. */
function getSignedCookie(c, name) {
  const [, value, given] = /^s:(.*)\.([^.]*)$/s.exec(getCookie(c, name) ?? '') ?? [];
  if (value === undefined) return undefined;
  const [wanted, held] = [Buffer.from(signature(value)), Buffer.from(given)];
  return wanted.length === held.length && timingSafeEqual(wanted, held) ? value : undefined;
}

const setJsonCookie = (c, name, value) =>
  setCookie(c, name, typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value));

function getJsonCookie(c, name) {
  const text = getCookie(c, name);
  if (!text?.startsWith('j:')) return text;
  try {
    return JSON.parse(text.slice(2));
  } catch {
    return text;
  }
}

/** `deleteCookie` of hono says Max-Age=0, which no cookie of ours carried when it was cleared. */
const clearCookie = (c, name, options) => setCookie(c, name, '', { ...options, expires: new Date(0) });

/** Both ages, as Express sent them. */
const lasting = (seconds) => ({ maxAge: seconds, expires: new Date(Date.now() + seconds * 1000) });

module.exports = { clearCookie, getJsonCookie, getSignedCookie, lasting, setJsonCookie, setSignedCookie };
