'use strict';

const originalUrl = require('../http/original-url');

module.exports = function errorHandler(err, c) {
  const status = err.status || 500;
  if (status >= 500) {
    console.error(`${c.get('requestId')} ${c.req.method} ${originalUrl(c)} failed: ${err.stack}`);
  }
  const message = status < 500 ? err.message : 'internal server error';
  return c.json({ error: message, requestId: c.get('requestId') }, status);
};
