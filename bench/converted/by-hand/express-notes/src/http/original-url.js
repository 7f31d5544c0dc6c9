'use strict';

/** Path and query as the client sent them, for logs and error pages. */
module.exports = function originalUrl(c) {
  return c.req.url.slice(c.req.url.indexOf('/', 'https://'.length));
};
