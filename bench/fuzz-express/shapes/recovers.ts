import type { Shape } from './shape.ts';

/** Error handlers that go on with `next()`: on the application, on a router, at a path, twice, later in time, and what answers behind them. */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask }) {
    const base = `/${name('recover')}`;
    const any = style.typescript ? ' as any' : '';
    const fail = fn('req, res, next', [
      "if (req.query.fail === 'thrown') throw new HttpError(409, 'thrown');",
      "if (req.query.fail) return next(new HttpError(Number(req.query.status) || 422, 'given'));",
      'next();',
    ]);
    const goOn = fn('err, req, res, next', [
      ...random.pick([
        ['if (err.status !== 422) return next(err);', 'next();'],
        ["res.set('X-Recovered', err.message);", 'next();'],
        [`(req${any}).failed = err.message;`, 'next();'],
        ['res.status(err.status || 500);', 'next();'],
        [
          'if (res.headersSent) return next(err);',
          "if (err.status === 409) return res.status(409).send('here');",
          'return next();',
        ],
        ['setImmediate(() => next());'],
        [
          'if (err.status === 422) {',
          '  res.locals.failed = true;',
          '  next();',
          '  return;',
          '}',
          'next(err);',
        ],
      ]),
    ]);
    const tell = (word: string) =>
      fn('req, res', [
        `res.json({ ${word}: (req${any}).failed || res.locals.failed || null, id: req.params.id || null });`,
      ]);
    const last = random.chance(0.5)
      ? [`app.use('${base}', ${fn('req, res', ['res.status(404).json({ none: req.originalUrl });'])});`]
      : [];
    const page = random.chance(0.5)
      ? [
          `app.use('${base}', ${fn('err, req, res, next', ['res.status(err.status || 500).json({ last: err.message });'])});`,
        ]
      : [];
    const router = name('router');
    for (const query of ['', '?fail=given', '?fail=thrown', '?fail=given&status=404']) {
      ask('GET', `${base}/a${query}`);
      ask('GET', `${base}/b/7${query}`);
    }
    ask('GET', `${base}/none?fail=given`);
    ask('POST', `${base}/b/7?fail=given`, { headers: { 'Content-Type': 'application/json' }, body: '{' });
    ask('HEAD', `${base}/b/7?fail=given`);
    const routes = (on: string, at: string) => [
      `${on}.get('${at}/a', ${tell('a')});`,
      `${on}.all('${at}/b/:id', ${tell('b')});`,
    ];
    return random.pick([
      () => [`app.use('${base}', ${fail});`, `app.use(${goOn});`, ...routes('app', base), ...last, ...page],
      () => [
        `app.use(${fail});`,
        `app.use(express.json());`,
        `app.use(${goOn});`,
        ...routes('app', base),
        ...last,
        ...page,
      ],
      () => [
        `app.get('${base}/a', ${fail}, ${tell('first')});`,
        `app.use('${base}', ${goOn});`,
        ...routes('app', base),
        ...last,
        ...page,
      ],
      () => [
        `const ${router} = express.Router();`,
        `${router}.use(${fail});`,
        `${router}.use(${goOn});`,
        ...routes(router, ''),
        `app.use('${base}', ${router});`,
        ...last,
        ...page,
      ],
      () => [
        `app.get('${base}/a', ${fail}, ${tell('first')});`,
        ...routes('app', base),
        `app.use(${goOn});`,
        `app.use(${fn('err, req, res, next', ['next();'])});`,
        `app.use('${base}', ${fail});`,
        ...last,
        ...page,
      ],
      () => [
        `const ${router} = express.Router();`,
        `${router}.get('/a', ${fail}, ${goOn}, ${tell('a')});`,
        `${router}.all('/b/:id', ${fail}, ${tell('b')});`,
        `app.use('${base}', ${router}, ${goOn});`,
        ...routes('app', base),
        ...last,
        ...page,
      ],
    ])();
  },
};
export default shape;
