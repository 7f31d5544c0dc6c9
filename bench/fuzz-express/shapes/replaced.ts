import type { Shape } from './shape.ts';

/** Middleware of a route that puts its own in the place of `res.json`, `res.send` or `res.end`: a log, a cache, an envelope. */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask }) {
    const base = `/${name('replaced')}`;
    const any = style.typescript ? ': any' : '';
    const [log, looks] = [name('log'), name('looks')];
    const by = random.pick(['json', 'send', 'end']);
    const given = by === 'end' ? `chunk${any}, encoding${any}` : `body${any}`;
    const passed = by === 'end' ? 'chunk, encoding' : 'body';
    const isBound = random.chance(0.5);
    const self = random.pick(['this', 'res']);
    const changed = by === 'json' && random.chance(0.3) ? '{ data: body, ok: res.statusCode < 400 }' : passed;
    const original = isBound ? `original(${changed})` : `original.call(${self}, ${changed})`;
    const line = by === 'end' ? "'ended'" : random.pick(['body', 'JSON.stringify(body)', 'typeof body']);
    const seen = random.pick([
      [`${log}.push([res.statusCode, ${line}]);`],
      [`if (res.statusCode === 200) {`, `  ${log}.push([req.path, ${line}]);`, '}'],
      [`const line = [req.method, res.statusCode, ${line}];`, `${log}.push(line);`],
      ["res.set('X-Seen', String(res.statusCode));"],
    ]);
    const body = [...seen, random.pick([`return ${original};`, `${original};`])];
    const isArrow = isBound || self === 'res' ? random.chance(0.5) : false;
    const own = isArrow
      ? `(${given}) => {`
      : `function (${style.typescript && self === 'this' && !isBound ? 'this: any, ' : ''}${given}) {`;
    const put = [
      `const original${any} = res.${by}${isBound ? '.bind(res)' : ''};`,
      `res.${by} = ${own}`,
      ...body.map((each) => `  ${each}`),
      '};',
      random.pick(['next();', 'return next();']),
    ];
    const handlers: Record<string, string[]> = {
      json: ["res.status(req.query.none ? 404 : 200).json({ list: [1, 'ä'], none: req.query.none });"],
      sent: ['res.send({ sent: true });'],
      text: ["res.send('text');"],
      fails: ["throw new Error('broken');"],
      moved: [`res.redirect('${base}/json');`],
      none: ['res.status(204).send();'],
      ended: ['res.status(202).end();'],
      passes: ['next();'],
    };
    const chosen = Object.keys(handlers).filter(() => random.chance(0.5));
    for (const each of chosen) ask('GET', `${base}/${each}`);
    if (chosen.includes('json')) ask('GET', `${base}/json?none=1`);
    ask('GET', `${base}/log`);
    return [
      `const ${log}${style.typescript ? ': any[]' : ''} = [];`,
      `const ${looks} = ${fn('req, res, next', put)};`,
      ...chosen.map(
        (each) =>
          `app.get('${base}/${each}', ${looks}, ${fn(each === 'passes' ? 'req, res, next' : 'req, res', handlers[each] ?? [])});`,
      ),
      `app.get('${base}/log', ${fn('req, res', [`res.json(${log});`])});`,
    ];
  },
};
export default shape;
