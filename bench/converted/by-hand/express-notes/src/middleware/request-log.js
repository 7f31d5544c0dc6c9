'use strict';

const originalUrl = require('../http/original-url');

module.exports = async function requestLog(c, next) {
  const startedAt = performance.now();
  await next();
  const ms = performance.now() - startedAt;
  console.log(`${c.get('requestId')} ${c.req.method} ${originalUrl(c)} ${c.res.status} ${ms.toFixed(1)}ms`);
};
