import { JSON_TYPE, type Shape } from './shape.ts';

/**
 * Code that no rule knows beside code that converts, and each calling the other: helpers, guards, parsers and routers that
 * are called by hand, `res` in an object, members put on the response.
 */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask }) {
    const base = `/${name('cross')}`;
    const any = style.typescript ? ': any' : '';
    const reply = name('reply');
    const guard = name('guard');
    const seen = name('seen');
    const lines = [
      `const ${seen}${style.typescript ? ': any[]' : ''} = [];`,
      `function ${reply}(res${any}, data${any}) { ${seen}.push(data); res.set('X-Seen', String(${seen}.length)); return res.json({ data }); }`,
      `const ${guard} = (req${any}, res${any}, next${any}) => { if (!req.get('X-User')) return res.sendStatus(403); req.who = req.get('X-User'); next(); };`,
    ];
    // Nothing is known of what becomes of an object with the response in it.
    const keep = random.pick([
      ['const world = { req, res };', 'const { res: out } = world;'],
      ['const out = [res][0];'],
      ['const out = Object.assign(res, { tag: 1 });'],
    ]);
    const kept = random.pick([
      [...keep, `${reply}(out, 'kept');`],
      [
        ...keep,
        `${guard}(req, out, (err${any}) => (err ? next(err) : out.send('hello ' + (req${style.typescript ? ' as any' : ''}).who)));`,
      ],
      [...keep, `express.json()(req, out, (err${any}) => (err ? next(err) : ${reply}(out, req.body)));`],
      [
        ...keep,
        'out.json({ http: req.httpVersion, params: req.params, query: req.query, url: req.originalUrl });',
      ],
    ]);
    const plain = random.pick([
      [`${reply}(res, req.query);`],
      [`res.json({ who: (req${style.typescript ? ' as any' : ''}).who || null });`],
    ]);
    const first = `app.post('${base}/kept/:id', ${random.chance(0.4) ? `${guard}, ` : ''}${fn('req, res, next', kept)});`;
    const second = `app.get('${base}/plain', ${random.chance(0.6) ? `${guard}, ` : ''}${fn('req, res', plain)});`;
    const both = random.chance(0.3)
      ? [
          `app.all('${base}/*${style.express === 5 ? 'any' : ''}', ${fn('req, res, next', ["res.set('X-All', '1');", 'next();'])});`,
        ]
      : [];
    ask('POST', `${base}/kept/7?a=1`, { headers: { ...JSON_TYPE, 'X-User': 'ann' }, body: '{"n":1}' });
    ask('POST', `${base}/kept/7`, { headers: JSON_TYPE, body: '{"n":' });
    ask('GET', `${base}/plain?b=2`, { headers: { 'X-User': 'bob' } });
    ask('GET', `${base}/plain`);
    ask('GET', `${base}/kept/7`);
    ask('OPTIONS', `${base}/kept/7`);
    ask('HEAD', `${base}/plain`, { headers: { 'X-User': 'bob' } });
    return [
      ...lines,
      ...random.pick([
        [...both, first, second],
        [...both, second, first],
        [first, ...both, second],
      ]),
    ];
  },
};
export default shape;
