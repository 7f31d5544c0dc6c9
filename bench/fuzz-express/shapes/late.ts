import type { Shape } from './shape.ts';

/** Routes that are registered once the module has run: in a timer, behind a promise, by a handler, in a callback of a start-up function. */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask }) {
    const base = `/${name('late')}`;
    const any = style.typescript ? ': any' : '';
    const tell = (word: string) => fn('req, res', [`res.json({ ${word}: req.query.q || true });`]);
    const add = [`app.get('${base}/added', ${tell('added')});`];
    const start = name('start');
    const router = name('router');
    ask('GET', `${base}/first`);
    ask('GET', `${base}/added`);
    ask('POST', `${base}/load`);
    ask('GET', `${base}/added?q=2`);
    ask('GET', `${base}/behind`);
    ask('GET', `${base}/nothing`);
    const first = `app.get('${base}/first', ${tell('first')});`;
    const behind = `app.get('${base}/behind', ${tell('behind')});`;
    return random.pick([
      () => [first, 'setImmediate(() => {', ...add, '});', behind],
      () => [first, 'Promise.resolve().then(() => {', ...add, '});', behind],
      () => [
        first,
        `let ${start} = false;`,
        `app.post('${base}/load', ${fn('req, res', [`if (!${start}) app.get('${base}/added', (req${any}, res${any}) => res.json({ added: req.query.q || true }));`, `${start} = true;`, 'res.sendStatus(204);'])});`,
        behind,
      ],
      () => [`const ${start} = async () => {`, '  await null;', ...add, '};', first, `${start}();`, behind],
      () => [
        `const ${router} = express.Router();`,
        `app.use('${base}', ${router});`,
        first,
        `setTimeout(() => { ${router}.get('/added', (req${any}, res${any}) => res.json({ added: req.query.q || true })); }, 0);`,
        behind,
      ],
      () => [
        `function ${start}(done${any}) { process.nextTick(done); }`,
        first,
        `${start}(() => {`,
        ...add,
        `  app.use('${base}/nothing', ${fn('req, res', ["res.status(404).send('late none');"])});`,
        '});',
        behind,
      ],
    ])();
  },
};
export default shape;
