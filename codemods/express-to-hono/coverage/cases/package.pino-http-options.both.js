/*
package: pino-http
variant: a level, messages and properties by the answer, serializers, what is not logged, behind a limit
packages: [pino-http, pino, express-rate-limit]
requests:
  - GET /
  - GET /health
  - { GET: /teapot, headers: { x-request-id: seven } }
  - GET /broken
  - GET /missing
  - GET /limited
  - GET /limited
  - GET /lines
*/
const express = require('express');
const pino = require('pino');
const { pinoHttp } = require('pino-http');
const { rateLimit } = require('express-rate-limit');

const app = express();
const lines = [];
const stream = {
  write(line) {
    const { level, msg, req, res, who, path } = JSON.parse(line);
    lines.push([level, msg, req?.id, req?.url, res?.statusCode, res?.headers?.['x-made'], who, path].join(' '));
  },
};
app.use(
  pinoHttp({
    logger: pino({ level: 'trace' }, stream),
    genReqId: (req) => req.headers['x-request-id'] || 'none',
    customLogLevel: (req, res, err) => (res.statusCode >= 500 || err ? 'error' : res.statusCode >= 400 ? 'warn' : 'info'),
    customSuccessMessage: (req, res) => `${req.method} ${req.url} ${res.statusCode}`,
    customErrorMessage: (_req, res) => `failed with ${res.statusCode}`,
    customProps: (req) => ({ who: req.get('x-request-id') || 'nobody', path: req.path }),
    serializers: { req: (req) => ({ id: req.id, url: req.url }) },
    autoLogging: { ignore: (req) => req.url === '/health' },
  }),
);
app.get('/', (req, res) => {
  req.log.debug('in the handler');
  res.set('X-Made', 'here').send(req.id);
});
app.get('/health', (req, res) => res.send('well'));
app.get('/teapot', (req, res) => res.status(418).json({ id: req.id }));
app.get('/broken', () => {
  throw new Error('broken');
});
const limiter = rateLimit({
  windowMs: 60000,
  limit: 1,
  legacyHeaders: false,
  keyGenerator: (req) => req.ip,
  validate: false,
  handler: (req, res) => {
    req.log.warn('too many');
    res.status(429).set('X-Made', 'there').json({ who: req.id });
  },
});
app.get('/limited', limiter, (req, res) => res.send('let in'));
app.get('/lines', (req, res) => res.json(lines));
app.use((err, req, res, next) => {
  req.log.error('seen');
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
