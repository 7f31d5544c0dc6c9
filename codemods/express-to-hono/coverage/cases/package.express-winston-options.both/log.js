const { Writable } = require('stream');
const winston = require('winston');
const expressWinston = require('express-winston');

const lines = { answers: [], api: [], plain: [] };
const into = (name) =>
  new winston.transports.Stream({
    stream: new Writable({
      write(line, encoding, done) {
        const { meta, ...more } = JSON.parse(line);
        const told = meta || more.http || more;
        if (told.req) told.req.headers = [told.req.headers['x-secret'] || 'none', told.req.headers['content-type'] || 'none'];
        lines[name].push(JSON.stringify(meta ? { meta, ...more } : more).replace(/"responseTime":\d+/, '"responseTime":0'));
        done();
      },
    }),
  });
const answers = expressWinston.logger({
  transports: [into('answers')],
  format: winston.format.combine(winston.format.json()),
  msg: 'HTTP {{req.method}} {{ req.url }} `${no}` {{res.statusCode}}',
  statusLevels: true,
  headerBlacklist: ['X-Secret'],
  ignoredRoutes: ['/quiet'],
  baseMeta: { service: 'notes' },
  colorize: false,
  ignoreRoute(req, res) {
    return req.method === 'HEAD';
  },
});
const api = expressWinston.logger({
  winstonInstance: winston.createLogger({ transports: [into('api')] }),
  meta: true,
  metaField: 'http',
  expressFormat: false,
  msg: (req, res) => `${req.method} was ${res.statusCode}`,
  statusLevels: { success: 'debug', warn: 'info', error: 'error' },
  dynamicMeta: (req, res) => ({ was: res.statusCode, to: req.originalUrl }),
  skip: (req) => req.method === 'HEAD',
});
const plain = expressWinston.logger({
  transports: [into('plain')],
  meta: false,
  metaField: null,
  level: (req, res) => (res.statusCode === 404 ? 'warn' : 'info'),
});

module.exports = { answers, api, plain, lines };
