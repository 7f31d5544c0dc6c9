'use strict';

/**
 * Keeps what clients saw of this application when it ran on Express 4, where Hono does otherwise.
 * What nothing imports any more can go. The file is yours: nothing will write to it again.
 */

const { Buffer } = require('node:buffer');
const { createHash } = require('node:crypto');

/**
 * What answers a GET has a weak ETag, and a client that has this very body already gets 304. The tag is made where the
 * body is made: `etag()` of Hono reads it back from the response, which costs most of the answers a second.
 */
function conditionalGet() {
  return (c, next) => {
    if (!/^(GET|HEAD)$/.test(c.req.method)) return next();
    const { body, text, html } = c;
    const tagged = (answer, sent) => withTag(c, answer, sent);
    c.json = ((value, status, headers) => {
      const sent = JSON.stringify(value);
      return tagged(body(sent, status, { 'Content-Type': 'application/json', ...headers }), sent);
    });
    c.text = ((sent, ...rest) => tagged(text(sent, ...rest), sent));
    c.body = ((sent, ...rest) => tagged(body(sent, ...rest), sent));
    c.html = ((sent, ...rest) => {
      const answer = html(sent, ...rest);
      return answer instanceof Promise ? answer : tagged(answer, sent);
    });
    return next();
  };
}

function withTag(c, answer, body) {
  if (!answer.ok || !(typeof body === 'string' || body instanceof Uint8Array)) return answer;
  const { headers } = answer;
  if (!headers.has('ETag')) headers.set('ETag', tagOf(body));
  if (!isKnown(c, headers)) return answer;
  for (const name of ['Content-Type', 'Content-Length']) headers.delete(name);
  return new Response(null, { status: 304, headers });
}

/** As Express makes it: what clients have kept stays good. */
function tagOf(body) {
  const hash = createHash('sha1').update(body).digest('base64').slice(0, 27);
  return `W/"${Buffer.byteLength(body).toString(16)}-${hash}"`;
}

/** Whether the client has what is answered (RFC 9110, 13.1.2 and 13.1.3). */
function isKnown(c, headers) {
  const known = c.req.header('If-None-Match');
  const since = c.req.header('If-Modified-Since');
  if (known === undefined && since === undefined) return false;
  if (/\bno-cache\b/.test(c.req.header('Cache-Control') ?? '')) return false;
  const opaque = (tag) => tag.trim().replace(/^W\//, '');
  if (known !== undefined)
    return known === '*' || known.split(',').some((tag) => opaque(tag) === opaque(headers.get('ETag') ?? ''));
  return Date.parse(headers.get('Last-Modified') ?? '') <= Date.parse(since ?? '');
}

module.exports = {
  conditionalGet,
};
