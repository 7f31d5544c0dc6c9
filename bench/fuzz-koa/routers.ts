import { handler } from './handlers.ts';
import { type Making, named } from './making.ts';

const VERBS = ['get', 'get', 'get', 'post', 'put', 'patch', 'del', 'delete', 'all'] as const;
const PATHS = [
  '/',
  '/notes',
  '/notes/:id',
  '/:name',
  '/a/b',
  '/items/:id/parts',
  '/things',
  '/who/:name/:id',
];

/** Statements that make and fill a router, and what mounts it; requests for its routes are noted. */
export function router(making: Making, depth = 0): { lines: string[]; name: string } {
  const { random } = making;
  making.routed = true;
  const name = named(making, 'router');
  const prefix = random.chance(0.5) ? random.pick(['/api', '/v1', '/x/y']) : '';
  const options = random.some(
    [
      ...(prefix === '' ? [] : [`prefix: '${prefix}'`]),
      ...(random.chance(0.1) ? ['sensitive: true'] : []),
      ...(random.chance(0.1) ? ['strict: true'] : []),
    ],
    1,
  );
  const lines = [`const ${name} = new Router(${options.length > 0 ? `{ ${options.join(', ')} }` : ''});`];
  const from = making.targets.length;
  if (random.chance(0.3)) lines.push(`${name}.use(${handler(making, true)});`);
  if (random.chance(0.1)) lines.push(`${name}.use('/notes', ${handler(making, true)});`);
  if (random.chance(0.15))
    lines.push(
      `${name}.param('id', async (id, ctx, next) => {\nif (id === 'bad') { ctx.status = 400; return; }\nctx.state.seen = id;\nawait next();\n});`,
    );
  const count = 1 + random.int(4);
  for (let index = 0; index < count; index += 1) lines.push(route(making, name));
  if (depth === 0 && random.chance(0.2)) {
    const inner = router(making, 1);
    lines.unshift(...inner.lines);
    const at = random.chance(0.5) ? random.pick(['/in', '/deep/er']) : '';
    lines.push(`${name}.use(${at === '' ? '' : `'${at}', `}${inner.name}.routes());`);
    for (const target of making.targets.slice(from))
      if (target.path.startsWith(`<${inner.name}>`))
        target.path = at + target.path.slice(inner.name.length + 2);
  }
  for (const target of making.targets.slice(from)) {
    const own = target.path.replace(`<${name}>`, '');
    target.path = depth === 0 ? prefix + own : `<${name}>${prefix}${own}`;
  }
  making.routed = depth > 0;
  return { lines, name };
}

function route(making: Making, name: string): string {
  const { random } = making;
  const verb = random.pick(VERBS);
  const [text, path] = random.weighted<[string, string]>([
    [12, ((each) => [`'${each}'`, each] as [string, string])(random.pick(PATHS))],
    [0.6, ['/^\\/re(g|x)$/', '/reg']],
    [0.6, ["['/one', '/two']", '/two']],
    [making.modern ? 0 : 0.6, ["'/num/:id(\\\\d+)'", '/num/12']],
  ]);
  const handlers = [...(random.chance(0.25) ? [handler(making, true)] : []), handler(making, false)];
  making.targets.push({
    method: verb === 'all' ? 'GET' : verb === 'del' ? 'DELETE' : verb.toUpperCase(),
    path: `<${name}>${path}`,
  });
  return `${name}.${verb}(${[text, ...handlers].join(', ')});`;
}
