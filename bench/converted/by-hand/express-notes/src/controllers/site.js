'use strict';

const { tagged, taggedJson } = require('../http/etag');

const ROBOTS = ['User-agent: *', 'Disallow: /admin/', 'Disallow: /uploads/', ''].join('\n');
const LIMITS = { noteBytes: 65536, uploadBytes: 262144, perPage: 50 };

exports.robots = (c) => {
  c.header('Cache-Control', 'public, max-age=86400');
  return tagged(c, ROBOTS, 'text/plain; charset=utf-8');
};

exports.limits = (c) => {
  c.header('Cache-Control', 'public, max-age=3600');
  return taggedJson(c, LIMITS);
};
