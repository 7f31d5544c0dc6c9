'use strict';

const { randomUUID } = require('node:crypto');

/** Takes over the caller's X-Request-Id, or makes one, and answers with it. */
module.exports = async function requestId(c, next) {
  const id = c.req.header('X-Request-Id') || randomUUID();
  c.set('requestId', id);
  c.header('X-Request-Id', id);
  await next();
};
