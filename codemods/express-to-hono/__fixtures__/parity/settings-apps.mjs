import { createHash } from 'node:crypto';

/** An application with settings other than Express's own, its own error handlers and its own 404. */
export function createExpressApp({ express, version }) {
  const app = express();
  app.set('strict routing', true);
  app.set('case sensitive routing', true);
  app.set('etag', 'strong');
  app.set('trust proxy', 1);
  app.set('query parser', version === 4 ? 'simple' : 'extended');
  app.disable('x-powered-by');
  const verify = (req, res, body) => {
    if (body.includes('forged')) throw new Error('bad signature');
  };
  app.use(express.json({ strict: false, type: ['application/json', '+json'], verify, limit: '1kb' }));
  app.use(express.urlencoded({ extended: false, inflate: false }));
  app.use(express.text({ type: (req) => req.headers['x-as'] === 'text', defaultCharset: 'iso-8859-1' }));

  app.get('/strict', (req, res) => res.json({ strict: true }));
  app.get('/slash/', (req, res) => res.send('slash'));
  app.get('/query', (req, res) => res.json(req.query));
  app.post('/echo', (req, res) => res.json({ body: req.body === undefined ? 'undefined' : req.body }));
  app.get('/ip', (req, res) => res.json({ ip: req.ip, protocol: req.protocol, hostname: req.hostname }));
  app.post('/throw/:what', (req, res, next) => {
    if (req.params.what === 'text') throw 'plain text';
    if (req.params.what === 'object') return next({ status: 403, message: 'an object' });
    if (req.params.what === 'number') throw 42;
    return next(Object.assign(new Error('an error'), { status: 409 }));
  });

  app.get('/proxied', (req, res) => res.type('text/plain').send('hi'));

  const guarded = express.Router();
  guarded.get('/fail', () => {
    throw Object.assign(new Error('inner'), { status: 402 });
  });
  guarded.get('/rethrow', () => {
    throw new Error('outer please');
  });
  guarded.use((err, req, res, next) => {
    if (err.message !== 'inner') return next(err);
    res.status(err.status).json({ inner: err.message });
  });
  app.use('/guarded', guarded);
  const plain = express.Router();
  plain.get('/fail', () => {
    throw new Error('from plain');
  });
  app.use('/plain', plain);
  app.use('/parser', (req, res) => res.send(createHash('sha1').update(JSON.stringify(req.body ?? null)).digest('hex')));

  app.use((req, res) => res.status(404).json({ missing: req.originalUrl }));
  app.use((err, req, res, next) => {
    res.status(err.status || 500).json({ error: err.message ?? err, type: err.type, expose: err.expose });
  });
  return app;
}

/** The same application as the codemod writes it. */
export function createHonoApp({ Hono, p, version }) {
  const app = new Hono(p.expressRouting({ version, strict: true, caseSensitive: true }));
  app.use(p.etag({ weak: false }), p.contentLength(), p.charset());
  const verify = (c, body) => {
    if (body.includes('forged')) throw new Error('bad signature');
  };
  app.use(p.jsonBody({ strict: false, type: ['application/json', '+json'], verify, limit: '1kb' }));
  app.use(p.urlencodedBody({ extended: false, inflate: false }));
  app.use(p.textBody({ type: (c) => c.req.header('x-as') === 'text', defaultCharset: 'iso-8859-1' }));

  app.get('/strict', (c) => c.json({ strict: true }));
  app.get('/slash/', (c) => c.html('slash'));
  app.get('/query', (c) => c.json(p.query(c, { parser: version === 4 ? 'simple' : 'extended' })));
  app.post('/echo', (c) => {
    const body = c.get('body');
    return c.json({ body: body === undefined ? 'undefined' : body });
  });
  app.get('/ip', (c) => c.json({ ip: p.clientIp(c, 1), protocol: p.protocol(c, 1), hostname: p.hostname(c, 1) }));
  app.post('/throw/:what', (c) => {
    if (c.req.param('what') === 'text') throw 'plain text';
    if (c.req.param('what') === 'object') throw { status: 403, message: 'an object' };
    if (c.req.param('what') === 'number') throw 42;
    throw Object.assign(new Error('an error'), { status: 409 });
  });

  app.get('/proxied', () => fetch('data:text/plain,hi'));

  const guarded = new Hono();
  guarded.get('/fail', () => {
    throw Object.assign(new Error('inner'), { status: 402 });
  });
  guarded.get('/rethrow', () => {
    throw new Error('outer please');
  });
  guarded.onError((err, c) => {
    if (err.message !== 'inner') throw err;
    return c.json({ inner: err.message }, err.status);
  });
  app.route('/guarded', guarded);
  const plain = new Hono();
  plain.get('/fail', () => {
    throw new Error('from plain');
  });
  app.route('/plain', plain);
  app.use('/parser/*', (c) => c.html(createHash('sha1').update(JSON.stringify(c.get('body') ?? null)).digest('hex')));

  app.notFound((c) => c.json({ missing: p.originalUrl(c) }, 404));
  app.onError((err, c) => {
    const thrown = typeof err.cause === 'object' || err.cause === undefined ? err.message : err.cause;
    return c.json({ error: thrown, type: err.type, expose: err.expose }, err.status || 500);
  });
  return app;
}

const post = (path, type, body, headers = {}) => ({ method: 'POST', path, headers: { 'Content-Type': type, ...headers }, body });
const get = (path, headers = {}) => ({ method: 'GET', path, headers });

export const cases = [
  ...['/proxied', '/strict', '/strict/', '/Strict', '/slash', '/slash/', '/guarded/fail', '/guarded/rethrow', '/guarded/none', '/GUARDED/fail', '/plain/fail', '/none?a=1'].map((path) => get(path)),
  get('/strict', { 'If-None-Match': '"f-2ay2Gp4/E5+3AOOiz5wBW8zGZnI"' }),
  get('/strict', { 'If-None-Match': '*' }),
  ...['/query?a=1&a=2&b[c]=3', '/query?a[]=1&a[]=2', '/query?a.b=1&%zz=1', '/query'].map((path) => get(path)),
  ...['null', '5', '"x"', '{"a":', '{}', '{"forged":1}', `"${'x'.repeat(2000)}"`, ''].flatMap((body) => [
    post('/echo', 'application/json', body),
    post('/echo', 'application/vnd.api+json', body),
  ]),
  ...['a=1&b[c]=2&b[d]=3', 'a=1&a=2', 'a.b=1', '', 'a[]=1'].map((body) => post('/echo', 'application/x-www-form-urlencoded', body)),
  post('/echo', 'application/x-www-form-urlencoded', 'a=1', { 'Content-Encoding': 'gzip' }),
  post('/echo', 'x/y', Buffer.from([0xe9, 0x41]), { 'X-As': 'text' }),
  get('/ip'),
  get('/ip', { 'X-Forwarded-For': '9.9.9.9, 1.2.3.4', 'X-Forwarded-Proto': 'https, http', 'X-Forwarded-Host': 'a.example:1, b' }),
  ...['text', 'object', 'number', 'error'].map((what) => post(`/throw/${what}`, 'application/json', '{}')),
  post('/parser/x', 'application/json', '{"a":[1,2]}'),
  ...['/strict', '/guarded/fail', '/echo', '/none'].map((path) => ({ method: 'OPTIONS', path, headers: {} })),
];
