'use strict';

const originalUrl = require('../http/original-url');

module.exports = function notFound(c) {
  return c.json({ error: 'not found', method: c.req.method, path: originalUrl(c) }, 404);
};
