import type { Shape } from './shape.ts';

/** Registrations in a chain: on what `express()`, `use` and a route give back, and on a router where it is made. */
const shape: Shape = {
  write({ making: { random }, name, fn, ask }) {
    const base = `/${name('chain')}`;
    const mark = (word: string) => fn('req, res, next', [`res.append('X-Mark', '${word}');`, 'next();']);
    const tell = (word: string) =>
      fn('req, res', [`res.json({ ${word}: req.params.id || true, url: req.url });`]);
    const fail = fn('err, req, res, next', ['res.status(err.status || 500).json({ chain: err.message });']);
    const router = name('router');
    ask('GET', `${base}/one`);
    ask('GET', `${base}/one/7`);
    ask('GET', `${base}/two/7`);
    ask('POST', `${base}/two/7`, { headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' });
    ask('PUT', `${base}/two/7`);
    ask('OPTIONS', `${base}/two/7`);
    ask('GET', `${base}/fail`);
    ask('HEAD', `${base}/one`);
    const broken = fn('req, res, next', ["next(new HttpError(409, 'chained'));"]);
    return random.pick([
      () => [
        `app.use('${base}', ${mark('a')}).get('${base}/one', ${tell('one')}).get('${base}/one/:id', ${tell('id')}).get('${base}/fail', ${broken});`,
        `app.route('${base}/two/:id').all(${mark('all')}).get(${tell('two')}).post(express.json(), ${fn('req, res', ['res.status(201).json(req.body);'])});`,
      ],
      () => [
        `const ${router} = express.Router().use(${mark('r')}).get('/one', ${tell('one')});`,
        `${router}.route('/two/:id').get(${mark('g')}, ${tell('two')}).put(${tell('put')});`,
        `${router}.get('/one/:id', ${tell('id')}).get('/fail', ${broken}).use(${fail});`,
        `app.use('${base}', ${router}).use(${mark('after')});`,
      ],
      () => [
        `const ${router} = express().disable('x-powered-by').use(${mark('s')}).get('/one', ${tell('one')}).get('/fail', ${broken});`,
        `app.use('${base}', ${router}.post('/two/:id', ${tell('post')}));`,
      ],
      () => [
        `app.use('${base}', express.Router().get('/one', ${tell('one')}).all('/two/:id', ${tell('any')}), ${mark('b')}).get('${base}/fail', ${broken});`,
      ],
    ])();
  },
};
export default shape;
