import { extension, inFile, specifier } from '../making.ts';
import type { Shape } from './shape.ts';

/** Several applications in one repository, which share guards, routers and handlers: one that another process starts, one that is called by hand. */
const shape: Shape = {
  write({ making, name, fn, ask, elsewhere }) {
    const { random, style } = making;
    const any = style.typescript ? ': any' : '';
    const base = `/${name('main')}`;
    const [guard, list, other] = [name('guard'), name('list'), name('other')];
    const routes = name('routes');
    const shared = `shared/${guard}`;
    elsewhere(shared, [guard, list, routes], () => [
      `const ${guard} = (req${any}, res${any}, next${any}) => {`,
      random.pick([
        "  if (!req.get('X-User')) return res.status(401).json({ error: 'who' });",
        "  if (!req.get('X-User')) return next(new HttpError(401, 'who'));",
      ]),
      "  req.who = req.get('X-User');",
      '  next();',
      '};',
      `const ${list} = (req${any}, res${any}) => res.json({ who: req.who || null, at: req.baseUrl + req.path });`,
      `const ${routes} = express.Router();`,
      `${routes}.get('/', ${list});`,
      `${routes}.get('/fail', (req${any}, res${any}, next${any}) => next(new HttpError(422, 'shared')));`,
    ]);
    const byHand = random.chance(0.4);
    const port = `process.env.${other.toUpperCase()}_PORT`;
    const path = `${random.pick(['admin', 'health'])}/${other}.${extension(making)}`;
    inFile(making, path, ({ head, body }) => {
      const spec = `'${specifier(making, path, `${shared}.${extension(making)}`)}'`;
      const names = `{ ${guard}, ${list}, ${routes} }`;
      head.push(style.esm ? `import ${names} from ${spec};` : `const ${names} = require(${spec});`);
      body.push(
        `const ${other} = express();`,
        ...(random.chance(0.4) ? [`${other}.disable('x-powered-by');`] : []),
        `${other}.use('${base}/by-hand', ${guard}, ${routes});`,
        `${other}.get('${base}/alive', ${list});`,
        `if (${port}) ${other}.listen(${port});`,
        style.esm ? `export { ${other} };` : `module.exports = { ${other} };`,
      );
    });
    const spec = `'${specifier(making, making.open.path, path)}'`;
    const lines = [
      `app.get('${base}/alive', ${random.chance(0.5) ? list : fn('req, res', ["res.send('alive');"])});`,
      `app.use('${base}/shared', ${guard}, ${routes});`,
    ];
    if (byHand) {
      making.open.head.push(
        style.esm ? `import { ${other} } from ${spec};` : `const { ${other} } = require(${spec});`,
      );
      lines.push(
        `app.use(${fn('req, res, next', [`if (req.path.startsWith('${base}/by-hand')) return ${other}(req, res, next);`, 'next();'])});`,
      );
    }
    for (const at of ['alive', 'shared', 'shared/fail', 'by-hand', 'by-hand/fail', 'none']) {
      ask('GET', `${base}/${at}`, { headers: { 'X-User': 'ann' } });
      ask('GET', `${base}/${at}`);
    }
    return lines;
  },
};
export default shape;
