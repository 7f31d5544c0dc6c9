import type { Shape, Shaping } from './shape.ts';

/** Settings that an application has for itself where it is mounted. */
const SETTINGS = [
  (name: string) => `${name}.set('json spaces', 2);`,
  (name: string) => `${name}.disable('x-powered-by');`,
  (name: string) => `${name}.disable('etag');`,
  (name: string) => `${name}.set('title', 'part');`,
  (name: string) => `${name}.locals.site = 'part';`,
  (name: string) => `${name}.enable('case sensitive routing');`,
  (name: string) => `${name}.set('trust proxy', true);`,
];

/** What is registered on the application that is mounted: routes that tell where they are, that fail, and that go on outside. */
function inside({ making: { random }, fn }: Shaping, sub: string): string[] {
  const where =
    'res.json({ base: req.baseUrl, path: req.path, url: req.url, ip: req.ip, title: req.app.get("title") || null });';
  const lines = [
    `const ${sub} = express();`,
    ...random.some(SETTINGS, 0.2).map((setting) => setting(sub)),
    ...(random.chance(0.4)
      ? [`${sub}.use(${fn('req, res, next', ["res.set('X-Part', req.path);", 'next();'])});`]
      : []),
    `${sub}.get('/', ${fn('req, res', [where])});`,
    `${sub}.get('/fail/:how', ${fn('req, res, next', [
      "if (req.params.how === 'next') return next(new HttpError(409, 'part'));",
      "throw new HttpError(418, 'part');",
    ])});`,
    `${sub}.get('/on', ${fn('req, res, next', ['res.locals.on = true;', 'next();'])});`,
    `${sub}.post('/', express.json(), ${fn('req, res', ['res.status(201).json({ body: req.body });'])});`,
  ];
  if (random.chance(0.3))
    lines.push(
      `${sub}.use(${fn('req, res', ["res.status(404).send('nothing in the part: ' + req.originalUrl);"])});`,
    );
  if (random.chance(0.4))
    lines.push(
      `${sub}.use(${fn('err, req, res, next', [
        random.pick([
          'res.status(err.status || 500).json({ part: err.message });',
          'if (err.status === 409) return next(err);\nres.status(err.status || 500).send(err.message);',
          "if (err.status === 418) return next();\nres.status(err.status || 500).send('part');",
        ]),
      ])});`,
    );
  return lines;
}

/** Applications in applications: at a path, at several, behind a guard, in a router, two deep, each with settings and error handlers of its own. */
const shape: Shape = {
  write(shaping) {
    const { making, name, fn, ask, elsewhere } = shaping;
    const { random } = making;
    const base = `/${name('part')}`;
    const sub = name('sub');
    const guard = fn('req, res, next', [
      "if (req.query.stop) return res.status(403).send('stop');",
      'next();',
    ]);
    const isApart = random.chance(0.4);
    if (isApart) elsewhere(`parts/${sub}`, [sub], () => inside(shaping, sub));
    const lines = isApart ? [] : inside(shaping, sub);
    const outer = name('outer');
    const [at, mount] = random.pick([
      [base, [`app.use('${base}', ${sub});`]],
      [base, [`app.use('${base}', ${guard}, ${sub});`]],
      [base, [`app.use(['${base}', '${base}-too'], ${sub});`]],
      [
        `${base}/in`,
        [`const ${outer} = express();`, `${outer}.use('/in', ${sub});`, `app.use('${base}', ${outer});`],
      ],
      [
        `${base}/in`,
        [
          `const ${outer} = express.Router();`,
          `${outer}.use('/in', ${guard}, ${sub});`,
          `app.use('${base}', ${outer});`,
        ],
      ],
      [`${base}/7`, [`app.use('${base}/:id', ${sub});`]],
    ] as const);
    ask('GET', at);
    ask('GET', `${at}?stop=1`, { headers: { 'X-Forwarded-For': '10.1.1.1' } });
    ask('GET', `${at}/fail/next`);
    ask('GET', `${at}/fail/thrown`);
    ask('GET', `${at}/on`);
    ask('GET', `${at}/none`);
    ask('GET', `${at.toUpperCase()}/ON`);
    ask('POST', at, { headers: { 'Content-Type': 'application/json' }, body: '{"n":1}' });
    ask('POST', at, { headers: { 'Content-Type': 'application/json' }, body: '{"n":' });
    ask('OPTIONS', `${at}/on`);
    return [
      ...lines,
      ...mount,
      `app.get('${at}/on', ${fn('req, res', ["res.json({ on: res.locals.on || false, title: req.app.get('title') || null });"])});`,
    ];
  },
};
export default shape;
