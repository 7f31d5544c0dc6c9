import { extension, inFile, specifier } from '../making.ts';
import type { Shape } from './shape.ts';

/** Lists of handlers that another file exports, with validators, limits and uploads of packages among them. */
const shape: Shape = {
  packages: ['express-validator', 'express-rate-limit'],
  write({ making, name, fn, ask }) {
    const { random, style } = making;
    const any = style.typescript ? ': any' : '';
    const base = `/${name('list')}`;
    const [rules, checked, limit] = [name('rules'), name('checked'), name('limit')];
    const path = `rules/${rules}.${extension(making)}`;
    const imports = (names: string, from: string) =>
      style.esm ? `import { ${names} } from '${from}';` : `const { ${names} } = require('${from}');`;
    const isFactory = random.chance(0.3);
    const chains = [
      "body('name').isString().trim().isLength({ min: 2 }).withMessage('short'),",
      random.pick([
        "query('page').optional().isInt({ min: 1 }).toInt(),",
        "param('id').isInt(),",
        "body('mail').optional().isEmail().normalizeEmail(),",
      ]),
      `(req${any}, res${any}, next${any}) => {`,
      '  const errors = validationResult(req);',
      random.pick([
        '  if (!errors.isEmpty()) return res.status(400).json({ errors: errors.array() });',
        '  if (!errors.isEmpty()) return next(new HttpError(422, errors.array()[0].msg));',
      ]),
      '  next();',
      '},',
    ];
    inFile(making, path, ({ head, body }) => {
      head.push(imports('body, param, query, validationResult', 'express-validator'));
      head.push(imports('rateLimit', 'express-rate-limit'));
      body.push(
        `const ${limit} = rateLimit({ windowMs: 60000, ${random.pick(['max', 'limit'])}: 4, standardHeaders: false, legacyHeaders: false, message: { error: 'slow down' } });`,
        `const ${rules} = ${isFactory ? `(_kind${any}) => ` : ''}[`,
        ...chains,
        '];',
        `const ${checked} = [${limit}, ${isFactory ? `...${rules}('x')` : random.pick([rules, `...${rules}`])}];`,
        style.esm ? `export { ${rules}, ${checked} };` : `module.exports = { ${rules}, ${checked} };`,
      );
    });
    const spec = specifier(making, making.open.path, path);
    making.open.head.push(imports(`${rules}, ${checked}`, spec));
    const use = isFactory ? `${rules}('item')` : rules;
    const tell = fn('req, res', ['res.json({ body: req.body, query: req.query, id: req.params.id });']);
    const good = {
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":" ann ","mail":"A@B.com"}',
    };
    const bad = { headers: { 'Content-Type': 'application/json' }, body: '{"name":"a"}' };
    ask('POST', `${base}/7?page=2`, good);
    ask('POST', `${base}/x?page=0`, bad);
    for (let turn = 0; turn < 5; turn++) ask('POST', `${base}/all/${turn}`, turn % 2 === 0 ? good : bad);
    ask('POST', `${base}/7`, { headers: { 'Content-Type': 'application/json' }, body: '{' });
    const router = name('router');
    return random.pick([
      () => [
        `app.post('${base}/:id', express.json(), ${use}, ${tell});`,
        `app.post('${base}/all/:id', express.json(), ${checked}, ${tell});`,
      ],
      () => [
        `app.post('${base}/:id', express.json(), ...${use}, ${tell});`,
        `app.use('${base}/all', express.json(), ...${checked});`,
        `app.post('${base}/all/:id', ${tell});`,
      ],
      () => [
        `const ${router} = express.Router();`,
        `${router}.use(express.json());`,
        `${router}.post('/all/:id', ${checked}, ${tell});`,
        `${router}.route('/:id').post(${use}, ${tell});`,
        `app.use('${base}', ${router});`,
      ],
    ])();
  },
};
export default shape;
