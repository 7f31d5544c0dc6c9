import { indent } from '../making.ts';
import type { Shape, Shaping } from './shape.ts';

const any = ({ making }: Shaping, name: string) => (making.style.typescript ? `${name}: any` : name);

/** Handlers in tables: an object or a class of another file, rows of method, path and handlers, a list of middleware that a file exports. */
const shape: Shape = {
  write(shaping) {
    const { making, name, ask, elsewhere } = shaping;
    const { random } = making;
    const [req, res, next] = ['req', 'res', 'next'].map((each) => any(shaping, each));
    const base = `/${name('things')}`;
    const control = name('control');
    const checks = name('checks');
    const factory = random.chance(0.4);
    const list = [
      `(${req}, ${res}, ${next}) => { if (req.query.stop) return res.status(400).json({ stop: req.query.stop }); next(); },`,
      `(${req}, ${res}, ${next}) => { req.checked = true; next(); },`,
    ];
    const checksLines = factory
      ? [`const ${checks} = (${any(shaping, 'name')}) => [`, ...indent(list), '];']
      : [`const ${checks} = [`, ...indent(list), '];'];
    const isClass = random.chance(0.4);
    const methods = [
      `list(${req}, ${res}) { res.json({ items: this.items, checked: Boolean(req.checked) }); }`,
      `one(${req}, ${res}, ${next}) { const row = this.items[Number(req.params.id)]; if (!row) return next(); res.json({ row }); }`,
      `async add(${req}, ${res}) { this.items.push(req.body && req.body.name); res.status(201).location('${base}/' + (this.items.length - 1)).end(); }`,
    ];
    const controller = isClass
      ? [
          `class Thing${control} {`,
          ...indent(["items = ['a', 'b'];", ...methods]),
          '}',
          `const ${control} = new Thing${control}();`,
        ]
      : [
          `const ${control} = {`,
          ...indent([`items: ['a', 'b'],`, ...methods.map((each) => `${each},`)]),
          '};',
        ];
    if (random.chance(0.6)) elsewhere(`controllers/${control}`, [control], () => controller);
    else making.open.body.push(...controller);
    if (random.chance(0.6)) elsewhere(`checks/${checks}`, [checks], () => checksLines);
    else making.open.body.push(...checksLines);
    const guards = factory ? `${checks}('${name('who')}')` : checks;
    const bind = (method: string) =>
      random.pick([
        `${control}.${method}.bind(${control})`,
        `(${req}, ${res}, ${next}) => ${control}.${method}(req, res${method === 'one' ? ', next' : ''})`,
      ]);
    ask('GET', base);
    ask('GET', `${base}?stop=1`);
    ask('GET', `${base}/1`);
    ask('GET', `${base}/7`);
    ask('POST', base, { headers: { 'Content-Type': 'application/json' }, body: '{"name":"c"}' });
    ask('GET', base);
    if (random.chance(0.5)) {
      return [
        `app.get('${base}', ${guards}, ${bind('list')});`,
        `app.get('${base}/:id', ${bind('one')});`,
        `app.post('${base}', express.json(), ...${guards}, ${bind('add')});`,
      ];
    }
    const rows = name('rows');
    making.open.body.push(
      `const ${rows}${making.style.typescript ? ': any[]' : ''} = [`,
      `  { method: 'get', path: '${base}', handlers: [${guards}, ${bind('list')}] },`,
      `  { method: 'get', path: '${base}/:id', handlers: [${bind('one')}] },`,
      `  { method: 'post', path: '${base}', handlers: [express.json(), ${bind('add')}] },`,
      '];',
    );
    return random.chance(0.5)
      ? [`${rows}.forEach(({ method, path, handlers }) => app[method](path, ...handlers));`]
      : [`for (const row of ${rows}) app[row.method](row.path, row.handlers);`];
  },
};
export default shape;
