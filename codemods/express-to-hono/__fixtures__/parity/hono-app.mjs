/** `express-app.mjs` as the codemod writes it: the same routes on Hono with the parity module `p`. */
export function createHonoApp({ Hono, p, version, root, uploads }) {
  const app = new Hono(p.expressRouting({ version }));
  app.use(p.poweredBy(), p.etag(), p.contentLength(), p.charset());
  app.use(p.jsonBody({ limit: 200, version }));
  app.use(p.urlencodedBody({ extended: true, limit: 200, parameterLimit: 5, version }));
  app.use(p.textBody({ limit: 200, version }));
  app.use(p.rawBody({ limit: 200, version }));
  app.use(p.cookies(['first', 'second']));
  app.use(async (c, next) => {
    c.header('X-Seen', 'yes');
    await next();
  });

  app.get('/', (c) => c.json({ hello: 'world' }));
  app.get('/html', (c) => c.html('<b>hé</b>'));
  app.get('/empty-string', (c) => c.html(''));
  app.get('/text', (c) => c.text('plain'));
  app.get('/csv', (c) => {
    c.header('Content-Type', 'text/csv');
    return c.body('a,b');
  });
  const typed = (type, value) => (c) => {
    c.header('Content-Type', type);
    return p.send(c, value);
  };
  for (const type of ['json', 'html', '.css', 'text/x-y', 'nosuchtype', 'svg', 'js']) {
    const answer = (value) => (c) => {
      p.setType(c, type);
      return p.send(c, value);
    };
    app.get(`/type/${encodeURIComponent(type)}`, answer(Buffer.from('x')));
    app.get(`/type-text/${encodeURIComponent(type)}`, answer('x'));
  }
  app.get('/xml', typed('application/xml', '<a/>'));
  app.get('/latin', typed('text/html; charset=ISO-8859-1', 'é'));
  app.get('/buffer', (c) => p.send(c, Buffer.from([1, 2, 250])));
  app.get('/typed-buffer', typed('image/png', Buffer.from([1, 2, 250])));
  app.get('/number', (c) => p.json(c, 5));
  app.get('/boolean', (c) => p.send(c, true));
  app.get('/null', (c) => p.send(c, null));
  app.get('/nothing', (c) => p.send(c));
  app.get('/null-json', (c) => c.json(null));
  app.get('/array', (c) => p.send(c, [1, 'a']));
  app.get('/ended', (c) => c.body(null));
  app.get('/own-etag', (c) => {
    c.header('ETag', '"mine"');
    return c.json({ a: 1 });
  });
  app.get('/problem', (c) => {
    c.header('Content-Type', 'application/problem+json');
    return p.json(c, { a: 1 }, 422);
  });
  app.post('/created', (c) => {
    p.location(c, '/created/1');
    return c.json({ id: 1 }, 201);
  });
  app.delete('/gone', (c) => c.body(null, 204));
  for (const code of [200, 204, 205, 304, 404, 418, 503]) {
    app.get(`/status/${code}`, (c) => p.sendStatus(c, code));
  }
  app.get('/stream', (c) => {
    const encoder = new TextEncoder();
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(encoder.encode('data: 1\n\n'));
        setTimeout(() => {
          controller.enqueue(encoder.encode('data: 2\n\n'));
          controller.close();
        }, 20);
      },
    });
    return c.body(stream, 200, { 'Content-Type': 'text/event-stream', 'Transfer-Encoding': 'chunked' });
  });

  app.get('/redirect', (c) => p.redirect(c, p.query(c).to ?? '/a b?é=<1>'));
  app.get('/moved', (c) => p.redirect(c, 'http://example.com/x?a=1&b=2', 301));
  app.post('/see-other', (c) => p.redirect(c, '/ok', 303));
  app.get('/back', (c) => p.redirect(c, version === 4 ? 'back' : c.req.header('referer') || '/'));
  app.get('/vary', (c) => {
    p.vary(c, 'Origin');
    p.vary(c, ['Accept', 'origin']);
    return c.html('v');
  });

  app.get('/query', (c) => c.json(p.query(c)));
  app.all('/echo', (c) => {
    const body = c.get('body');
    return c.json(Buffer.isBuffer(body) ? { bytes: body.toString('hex') } : { body: body === undefined ? 'undefined' : body });
  });
  app.get('/set-cookies', (c) => {
    p.setCookie(c, 'plain', 'a b;ü');
    p.setCookie(c, 'aged', 1, { maxAge: 900500, httpOnly: true, secure: true, sameSite: 'lax', domain: 'example.com' });
    p.setCookie(c, 'object', { a: [1] }, { path: '/x', expires: new Date(0), sameSite: true });
    p.setCookie(c, 'signed', 'value', { signed: true });
    p.setCookie(c, 'session', 'x', { maxAge: null, encode: String, priority: 'high', partitioned: true });
    p.clearCookie(c, 'old');
    p.clearCookie(c, 'older', { path: '/x', httpOnly: true, maxAge: 1000 });
    return c.html('ok');
  });
  app.get('/cookies', (c) => c.json({ plain: c.get('cookies'), signed: c.get('signedCookies') }));

  app.get('/users/:id', (c) => c.json({ id: c.req.param('id') }));
  app.get('/files/:name.:ext', (c) => c.json(c.req.param()));
  app.get('/flights/:from-:to', (c) => c.json(c.req.param()));
  app.put('/users/:id', (c) => c.json({ put: c.req.param('id') }));
  app.get('/Case', (c) => c.html('case'));
  app.get('/any/thing', (c, next) => next(), (c) => c.html('second handler'));
  if (version === 4) {
    app.get('/digits/:n(\\d+)', (c) => c.json(c.req.param()));
    app.get('/optional/:a?', (c) => c.json(c.req.param()));
    app.get('/ab?cd', (c) => c.html('abcd'));
    app.get('/wild/(.*)', (c) => c.json({ rest: c.req.param('0') }));
    app.get('/mid/(.*)/end', (c) => c.json({ rest: c.req.param('0') }));
  } else {
    app.get('/optional{/:a}', (c) => c.json(c.req.param()));
    app.get('/wild/*splat', (c) => c.json({ rest: p.splat(c, 'splat') }));
    app.get('/mid/*splat/end', (c) => c.json({ rest: p.splat(c, 'splat') }));
  }

  app.use('/prefix/*', async (c, next) => {
    c.header('X-Prefix', `${p.mountPath(c)} ${p.pathInMount(c)} ${p.urlInMount(c)}`);
    await next();
  });
  app.get('/prefix/inside', (c) => c.html('inside'));
  app.get('/prefixed', (c) => c.html('prefixed'));

  const api = new Hono();
  api.use(async (c, next) => {
    c.header('X-Api', p.pathInMount(c));
    await next();
  });
  api.get('/', (c) => c.html('api root'));
  api.get('/items', (c) => c.json({ path: p.pathInMount(c), base: p.mountPath(c), original: p.originalUrl(c) }));
  api.post('/items/:item', (c) => c.json(c.req.param()));
  api.get('/throws', () => {
    throw Object.assign(new Error('secret'), { status: 409, headers: { 'X-Error': 'yes' } });
  });
  api.get(version === 4 ? '/tail/(.*)' : '/tail/*splat', (c) => c.html('tail'));
  const deep = new Hono();
  deep.get('/leaf/:x', (c) => c.json({ x: c.req.param('x'), base: p.mountPath(c) }));
  api.route('/deep', deep);
  app.route('/api', api);

  const member = new Hono();
  const loadMember = p.param('id', async (c, next, id) => {
    c.set('loads', (c.get('loads') ?? 0) + 1);
    if (id === 'bad') throw Object.assign(new Error('bad member'), { statusCode: 400 });
    c.set('member', `#${id}`);
    await next();
  });
  member.get('/:id', loadMember, (c, next) => (p.query(c).skip ? next() : c.json({ member: c.get('member') })));
  member.get('/:id', loadMember, (c) => c.json({ member: c.get('member'), loads: c.get('loads') }));
  app.route('/members', member);

  app.get('/ip', (c) => c.json({ ip: p.clientIp(c), protocol: p.protocol(c), hostname: p.hostname(c) ?? 'none' }));
  app.post('/is', (c) => c.json([p.is(c, 'json'), p.is(c, 'text/*'), p.is(c, ['html', 'urlencoded'])]));
  app.get('/accepts', (c) => c.json([p.accepts(c, 'json'), p.accepts(c, ['html', 'json']), p.accepts(c)]));
  app.get('/jsonp', (c) => p.jsonp(c, { a: '\u2028' }));
  app.get('/format', (c) =>
    p.format(c, { 'text/plain': () => p.send(c, 'text'), html: () => p.send(c, '<b>'), json: () => p.send(c, { a: 1 }) }),
  );
  app.get('/format-default', (c) => p.format(c, { json: () => c.json(1), default: () => c.html('else') }));

  app.use('/static/*', p.serveStatic(root));
  app.use('/hidden/*', p.serveStatic(root, { dotfiles: 'allow', index: false, redirect: false, maxAge: '1d' }));
  app.use('/denied/*', p.serveStatic(root, { dotfiles: 'deny', fallthrough: false, etag: false }));
  app.use('/html/*', p.serveStatic(root, { extensions: ['html'], immutable: true, maxAge: 5000 }));
  app.get('/file', (c) => p.sendFile(c, `${root}/data.json`));
  app.get('/file-in-root', (c) => p.sendFile(c, p.query(c).name, { root, headers: { 'X-File': 'yes' }, maxAge: 1000 }));
  app.get('/file-created', (c) => {
    c.status(201);
    return p.sendFile(c, `${root}/data.json`);
  });
  app.get('/download', (c) => p.download(c, `${root}/data.json`));
  app.get('/download-as', (c) => p.download(c, `${root}/data.json`, 'räport "€".json'));
  app.get('/attachment', (c) => {
    p.attachment(c, 'a/pläne.csv');
    return p.send(c, '1');
  });
  app.get('/attachment-plain', (c) => {
    p.attachment(c);
    return p.send(c, '1');
  });

  const upload = p.upload({
    limits: { fileSize: 10, fields: 2 },
    fileFilter: (c, file, cb) => {
      if (file.originalname === 'error.txt') return cb(Object.assign(new Error('refused'), { status: 415 }));
      cb(null, file.originalname !== 'skipped.txt');
    },
  });
  const shape = (file) => file && { ...file, buffer: file.buffer?.toString(), path: undefined };
  const answerUpload = (c) => {
    const files = c.get('files');
    return c.json({
      file: shape(c.get('file')),
      files: Array.isArray(files)
        ? files.map(shape)
        : files && Object.fromEntries(Object.entries(files).map(([name, list]) => [name, list.map(shape)])),
      body: c.get('body'),
    });
  };
  app.post('/upload/single', upload.single('doc'), answerUpload);
  app.post('/upload/array', upload.array('doc', 2), answerUpload);
  app.post('/upload/fields', upload.fields([{ name: 'doc', maxCount: 1 }, { name: 'pic' }]), answerUpload);
  app.post('/upload/any', upload.any(), answerUpload);
  app.post('/upload/none', upload.none(), answerUpload);
  const storage = p.diskStorage({
    destination: (c, file, cb) => cb(null, uploads),
    filename: (c, file, cb) => cb(null, `${c.req.header('x-name')}-${file.originalname}`),
  });
  app.post('/upload/disk', p.upload({ storage }).single('doc'), (c) => {
    const file = c.get('file');
    return c.json({ ...file, path: file.path.slice(uploads.length), destination: file.destination === uploads });
  });

  app.get('/boom', () => {
    throw new Error('secret');
  });
  app.get('/boom-async', () => Promise.reject(new Error('secret')));
  app.get('/boom-status', (c) => {
    c.status(503);
    c.header('Content-Language', 'de');
    c.header('X-Kept', 'yes');
    throw new Error('secret');
  });
  app.get('/boom-teapot', () => {
    throw Object.assign(new Error('x'), { status: 418, headers: { 'Retry-After': '5' } });
  });
  app.get('/boom-odd', () => {
    throw Object.assign(new Error('x'), { status: 200 });
  });
  app.get(version === 4 ? '/catch/(.*)' : '/catch/*splat', (c) => c.html('caught'));
  app.notFound(p.notFound);
  app.onError(p.errorPage);
  return app;
}
