import cookieParser from 'cookie-parser';
import multer from 'multer';

/** An application that uses what the parity module covers; `hono-app.mjs` is the same application on Hono. */
export function createExpressApp({ express, version, root, uploads }) {
  const app = express();
  const wildcard = version === 4 ? '*' : '*splat';
  app.use(express.json({ limit: 200 }));
  app.use(express.urlencoded({ extended: true, limit: 200, parameterLimit: 5 }));
  app.use(express.text({ limit: 200 }));
  app.use(express.raw({ limit: 200 }));
  app.use(cookieParser(['first', 'second']));
  app.use((req, res, next) => {
    res.set('X-Seen', 'yes');
    next();
  });

  app.get('/', (req, res) => res.json({ hello: 'world' }));
  app.get('/html', (req, res) => res.send('<b>hé</b>'));
  app.get('/empty-string', (req, res) => res.send(''));
  app.get('/text', (req, res) => res.type('text/plain').send('plain'));
  app.get('/csv', (req, res) => res.set('Content-Type', 'text/csv').send('a,b'));
  for (const type of ['json', 'html', '.css', 'text/x-y', 'nosuchtype', 'svg', 'js']) {
    app.get(`/type/${encodeURIComponent(type)}`, (req, res) => res.type(type).send(Buffer.from('x')));
    app.get(`/type-text/${encodeURIComponent(type)}`, (req, res) => res.type(type).send('x'));
  }
  app.get('/xml', (req, res) => res.type('application/xml').send('<a/>'));
  app.get('/latin', (req, res) => res.set('Content-Type', 'text/html; charset=ISO-8859-1').send('é'));
  app.get('/buffer', (req, res) => res.send(Buffer.from([1, 2, 250])));
  app.get('/typed-buffer', (req, res) => res.type('png').send(Buffer.from([1, 2, 250])));
  app.get('/number', (req, res) => res.json(5));
  app.get('/boolean', (req, res) => res.send(true));
  app.get('/null', (req, res) => res.send(null));
  app.get('/nothing', (req, res) => res.send());
  app.get('/null-json', (req, res) => res.json(null));
  app.get('/array', (req, res) => res.send([1, 'a']));
  app.get('/ended', (req, res) => res.end());
  app.get('/own-etag', (req, res) => res.set('ETag', '"mine"').json({ a: 1 }));
  app.get('/problem', (req, res) => res.status(422).type('application/problem+json').json({ a: 1 }));
  app.post('/created', (req, res) => res.status(201).location('/created/1').json({ id: 1 }));
  app.delete('/gone', (req, res) => res.status(204).end());
  for (const code of [200, 204, 205, 304, 404, 418, 503]) {
    app.get(`/status/${code}`, (req, res) => res.sendStatus(code));
  }
  app.get('/stream', (req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write('data: 1\n\n');
    setTimeout(() => res.end('data: 2\n\n'), 20);
  });

  app.get('/redirect', (req, res) => res.redirect(req.query.to ?? '/a b?é=<1>'));
  app.get('/moved', (req, res) => res.redirect(301, 'http://example.com/x?a=1&b=2'));
  app.post('/see-other', (req, res) => res.redirect(303, '/ok'));
  app.get('/back', (req, res) => res.redirect(version === 4 ? 'back' : req.get('Referrer') || '/'));
  app.get('/vary', (req, res) => res.vary('Origin').vary(['Accept', 'origin']).send('v'));

  app.get('/query', (req, res) => res.json(req.query));
  app.all('/echo', (req, res) => {
    const { body } = req;
    res.json(Buffer.isBuffer(body) ? { bytes: body.toString('hex') } : { body: body === undefined ? 'undefined' : body });
  });
  app.get('/set-cookies', (req, res) => {
    res.cookie('plain', 'a b;ü');
    res.cookie('aged', 1, { maxAge: 900500, httpOnly: true, secure: true, sameSite: 'lax', domain: 'example.com' });
    res.cookie('object', { a: [1] }, { path: '/x', expires: new Date(0), sameSite: true });
    res.cookie('signed', 'value', { signed: true });
    res.cookie('session', 'x', { maxAge: null, encode: String, priority: 'high', partitioned: true });
    res.clearCookie('old');
    res.clearCookie('older', { path: '/x', httpOnly: true, maxAge: 1000 });
    res.send('ok');
  });
  app.get('/cookies', (req, res) => res.json({ plain: req.cookies, signed: req.signedCookies }));

  app.get('/users/:id', (req, res) => res.json({ id: req.params.id }));
  app.get('/files/:name.:ext', (req, res) => res.json(req.params));
  app.get('/flights/:from-:to', (req, res) => res.json(req.params));
  app.put('/users/:id', (req, res) => res.json({ put: req.params.id }));
  app.get('/Case', (req, res) => res.send('case'));
  app.get('/any/thing', (req, res, next) => next(), (req, res) => res.send('second handler'));
  if (version === 4) {
    app.get('/digits/:n(\\d+)', (req, res) => res.json(req.params));
    app.get('/optional/:a?', (req, res) => res.json(req.params));
    app.get('/ab?cd', (req, res) => res.send('abcd'));
    app.get('/wild/*', (req, res) => res.json({ rest: req.params[0] }));
    app.get('/mid/*/end', (req, res) => res.json({ rest: req.params[0] }));
  } else {
    app.get('/optional{/:a}', (req, res) => res.json(req.params));
    app.get('/wild/*splat', (req, res) => res.json({ rest: req.params.splat }));
    app.get('/mid/*splat/end', (req, res) => res.json({ rest: req.params.splat }));
  }

  app.use('/prefix', (req, res, next) => {
    res.set('X-Prefix', `${req.baseUrl} ${req.path} ${req.url}`);
    next();
  });
  app.get('/prefix/inside', (req, res) => res.send('inside'));
  app.get('/prefixed', (req, res) => res.send('prefixed'));

  const api = express.Router();
  api.use((req, res, next) => {
    res.set('X-Api', req.path);
    next();
  });
  api.get('/', (req, res) => res.send('api root'));
  api.get('/items', (req, res) => res.json({ path: req.path, base: req.baseUrl, original: req.originalUrl }));
  api.post('/items/:item', (req, res) => res.json(req.params));
  api.get('/throws', () => {
    throw Object.assign(new Error('secret'), { status: 409, headers: { 'X-Error': 'yes' } });
  });
  api.get(version === 4 ? '/tail/*' : '/tail/*splat', (req, res) => res.send('tail'));
  const deep = express.Router();
  deep.get('/leaf/:x', (req, res) => res.json({ x: req.params.x, base: req.baseUrl }));
  api.use('/deep', deep);
  app.use('/api', api);

  const member = express.Router();
  member.param('id', (req, res, next, id) => {
    req.loads = (req.loads ?? 0) + 1;
    if (id === 'bad') return next(Object.assign(new Error('bad member'), { statusCode: 400 }));
    req.member = `#${id}`;
    next();
  });
  member.get('/:id', (req, res, next) => (req.query.skip ? next() : res.json({ member: req.member })));
  member.get('/:id', (req, res) => res.json({ member: req.member, loads: req.loads }));
  app.use('/members', member);

  app.get('/ip', (req, res) => res.json({ ip: req.ip, protocol: req.protocol, hostname: req.hostname ?? 'none' }));
  app.post('/is', (req, res) => res.json([req.is('json'), req.is('text/*'), req.is(['html', 'urlencoded'])]));
  app.get('/accepts', (req, res) => res.json([req.accepts('json'), req.accepts(['html', 'json']), req.accepts()]));
  app.get('/jsonp', (req, res) => res.jsonp({ a: '\u2028' }));
  app.get('/format', (req, res) =>
    res.format({ 'text/plain': () => res.send('text'), html: () => res.send('<b>'), json: () => res.send({ a: 1 }) }),
  );
  app.get('/format-default', (req, res) => res.format({ json: () => res.json(1), default: () => res.send('else') }));

  app.use('/static', express.static(root));
  app.use('/hidden', express.static(root, { dotfiles: 'allow', index: false, redirect: false, maxAge: '1d' }));
  app.use('/denied', express.static(root, { dotfiles: 'deny', fallthrough: false, etag: false }));
  app.use('/html', express.static(root, { extensions: ['html'], immutable: true, maxAge: 5000 }));
  app.get('/file', (req, res) => res.sendFile(`${root}/data.json`));
  app.get('/file-in-root', (req, res) => res.sendFile(req.query.name, { root, headers: { 'X-File': 'yes' }, maxAge: 1000 }));
  app.get('/file-created', (req, res) => res.status(201).sendFile(`${root}/data.json`));
  app.get('/download', (req, res) => res.download(`${root}/data.json`));
  app.get('/download-as', (req, res) => res.download(`${root}/data.json`, 'räport "€".json'));
  app.get('/attachment', (req, res) => res.attachment('a/pläne.csv').send('1'));
  app.get('/attachment-plain', (req, res) => res.attachment().send('1'));

  const upload = multer({ limits: { fileSize: 10, fields: 2 }, fileFilter: (req, file, cb) => {
    if (file.originalname === 'error.txt') return cb(Object.assign(new Error('refused'), { status: 415 }));
    cb(null, file.originalname !== 'skipped.txt');
  } });
  const shape = (file) => file && { ...file, buffer: file.buffer?.toString(), path: undefined };
  const answerUpload = (req, res) =>
    res.json({
      file: shape(req.file),
      files: Array.isArray(req.files)
        ? req.files.map(shape)
        : req.files && Object.fromEntries(Object.entries(req.files).map(([name, files]) => [name, files.map(shape)])),
      body: req.body,
    });
  app.post('/upload/single', upload.single('doc'), answerUpload);
  app.post('/upload/array', upload.array('doc', 2), answerUpload);
  app.post('/upload/fields', upload.fields([{ name: 'doc', maxCount: 1 }, { name: 'pic' }]), answerUpload);
  app.post('/upload/any', upload.any(), answerUpload);
  app.post('/upload/none', upload.none(), answerUpload);
  const storage = multer.diskStorage({
    destination: (req, file, cb) => cb(null, uploads),
    filename: (req, file, cb) => cb(null, `${req.get('x-name')}-${file.originalname}`),
  });
  app.post('/upload/disk', multer({ storage }).single('doc'), (req, res) =>
    res.json({ ...req.file, path: req.file.path.slice(uploads.length), destination: req.file.destination === uploads }));

  app.get('/boom', () => {
    throw new Error('secret');
  });
  app.get('/boom-async', (req, res, next) => Promise.reject(new Error('secret')).catch(next));
  app.get('/boom-status', (req, res, next) => {
    res.status(503).set('Content-Language', 'de').set('X-Kept', 'yes');
    next(new Error('secret'));
  });
  app.get('/boom-teapot', (req, res, next) => next(Object.assign(new Error('x'), { status: 418, headers: { 'Retry-After': '5' } })));
  app.get('/boom-odd', (req, res, next) => next(Object.assign(new Error('x'), { status: 200 })));
  app.get(version === 4 ? '/catch/*' : `/catch/${wildcard}`, (req, res) => res.send('caught'));
  return app;
}
