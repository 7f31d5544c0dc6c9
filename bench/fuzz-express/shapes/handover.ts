import type { Shape } from './shape.ts';

/** The application in the hands of other code: a function, a class, an object, a list of set-ups, a bound member, an emitter; routes before and after. */
const shape: Shape = {
  write({ making, name, fn, ask, use, elsewhere }) {
    const { random, style } = making;
    const any = style.typescript ? ': any' : '';
    const base = `/${name('hand')}`;
    const [install, held] = [name('install'), name('held')];
    const tell = (word: string) =>
      fn('req, res', [`res.json({ ${word}: (req${style.typescript ? ' as any' : ''}).who || null });`]);
    const who = fn('req, res, next', [
      `(req${style.typescript ? ' as any' : ''}).who = req.get('X-User');`,
      "if (req.query.stop) return res.status(403).send('stop');",
      'next();',
    ]);
    const body = [`target.use('${base}/in', ${who});`, `target.get('${base}/in', ${tell('inside')});`];
    const declare = [`function ${install}(target${any}) {`, ...body.map((line) => `  ${line}`), '}'];
    const isApart = random.chance(0.4);
    const given = (call: string) => {
      if (!isApart) return [...declare, call];
      const inner = (word: string) => `(req${any}, res${any}) => res.json({ ${word}: req.who || null })`;
      elsewhere(`setup/${install}`, [install], () => [
        `function ${install}(target${any}) {`,
        `  target.use('${base}/in', (req${any}, res${any}, next${any}) => { req.who = req.get('X-User'); next(); });`,
        `  target.get('${base}/in', ${inner('inside')});`,
        '}',
      ]);
      return [call];
    };
    const hand = random.pick([
      () => given(`${install}(app);`),
      () => given(`[${install}].forEach((step) => step(app));`),
      () => given(`for (const step of [${install}]) step(app);`),
      () => given(`Promise.resolve(app).then(${install});`),
      () => given(`${install}({ use: app.use.bind(app), get: app.get.bind(app) });`),
      () => [
        `const ${held}${any} = { app, name: 'held' };`,
        `${held}.app.use('${base}/in', ${who});`,
        `${held}.app.get('${base}/in', ${tell('inside')});`,
      ],
      () => [
        `class ${held} {`,
        ...(style.typescript ? ['  app: any;'] : []),
        `  constructor(app${any}) { this.app = app; this.routes(); }`,
        '  routes() {',
        `    this.app.use('${base}/in', ${who});`,
        `    this.app.get('${base}/in', ${tell('inside')});`,
        '  }',
        '}',
        `new ${held}(app);`,
      ],
      () => {
        use('EventEmitter', 'node:events');
        return [
          `const ${held} = new EventEmitter();`,
          ...declare,
          `${held}.on('app', ${install});`,
          `${held}.emit('app', app);`,
        ];
      },
      () => [
        `const ${held} = new Map${style.typescript ? '<string, any>' : ''}();`,
        `${held}.set('app', app);`,
        `${held}.get('app').use('${base}/in', ${who});`,
        `${held}.get('app').get('${base}/in', ${tell('inside')});`,
      ],
      () => [
        `function ${install}(target${any}, methods${any}) {`,
        `  for (const method of methods) target[method]('${base}/in', ${tell('inside')});`,
        '}',
        `${install}(app, ['get', 'put']);`,
      ],
    ])();
    ask('GET', `${base}/before`, { headers: { 'X-User': 'ann' } });
    ask('GET', `${base}/in`, { headers: { 'X-User': 'ann' } });
    ask('GET', `${base}/in?stop=1`);
    ask('GET', `${base}/in/after`, { headers: { 'X-User': 'bob' } });
    ask('GET', `${base}/in/after?stop=1`);
    ask('PUT', `${base}/in`);
    ask('GET', `${base}/last`);
    return [
      `app.get('${base}/before', ${tell('before')});`,
      ...hand,
      `app.get('${base}/in/after', ${tell('after')});`,
      `app.get('${base}/last', ${tell('last')});`,
    ];
  },
};
export default shape;
