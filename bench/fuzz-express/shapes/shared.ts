import type { Shape } from './shape.ts';

/** State that several routes share: one router at two paths, a limit by client, a cache before handlers, a queue of waiting answers. */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask }) {
    const base = `/${name('shared')}`;
    const any = style.typescript ? ': any' : '';
    const list = style.typescript ? ': any[]' : '';
    const state = name('state');
    const router = name('router');
    ask('GET', `${base}/a/hit`);
    ask('GET', `${base}/b/hit`);
    ask('GET', `${base}/a/hit?who=1`);
    ask('GET', `${base}/b/none`);
    ask('GET', `${base}/a/hit`);
    const hit = () =>
      fn('req, res', [`${state}.hits += 1;`, `res.json({ hits: ${state}.hits, base: req.baseUrl });`]);
    return random.pick([
      () => [
        `function make${router}() { const own = express.Router(); let n = 0; own.get('/hit', (req${any}, res${any}) => { n += 1; res.json({ n }); }); return own; }`,
        `app.use(['${base}/a', '${base}/b'], make${router}());`,
      ],
      () => [
        `const ${state} = { hits: 0 };`,
        `const ${router} = express.Router();`,
        `${router}.get('/hit', ${hit()});`,
        `app.use('${base}/a', ${router});`,
        `app.use('${base}/b', ${router});`,
      ],
      () => [
        `const ${state}${any} = { hits: 0, limit: 3 };`,
        `app.use('${base}', ${fn('req, res, next', [`if (${state}.limit-- <= 0) return res.status(429).set('Retry-After', '1').send('slow down');`, `res.set('X-Left', String(${state}.limit));`, 'next();'])});`,
        `app.get('${base}/:part/hit', ${hit()});`,
      ],
      () => [
        `const ${state} = { hits: 0 };`,
        `const cache${state} = new Map();`,
        `app.get('${base}/:part/hit', ${fn('req, res, next', [
          `const found = cache${state}.get(req.originalUrl);`,
          "if (found) return res.set('X-Cache', 'hit').send(found);",
          'const send = res.send.bind(res);',
          `res.send = (body${any}) => { cache${state}.set(req.originalUrl, body); return send(body); };`,
          'next();',
        ])}, ${fn('req, res', [`${state}.hits += 1;`, `res.send('hits ' + ${state}.hits);`])});`,
      ],
      () => [
        `const waiting${state}${list} = [];`,
        `app.get('${base}/a/hit', ${fn('req, res', [`waiting${state}.push(res);`, `setTimeout(() => { for (const one of waiting${state}.splice(0)) one.json({ served: true }); }, 5);`])});`,
        `app.get('${base}/b/hit', ${fn('req, res', [`res.json({ waiting: waiting${state}.length });`])});`,
      ],
    ])();
  },
};
export default shape;
