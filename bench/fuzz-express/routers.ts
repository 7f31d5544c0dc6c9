import { makeHandler } from './handlers.ts';
import { extension, fresh, indent, inFile, loose, type Making, specifier } from './making.ts';
import { type Path, prefixPath, routePath } from './paths.ts';

const METHODS = [
  'get',
  'get',
  'get',
  'get',
  'post',
  'post',
  'put',
  'patch',
  'delete',
  'all',
  'head',
  'options',
];

/** What is registered on one application or router. */
export interface Room {
  /** How it is named where it is filled. */
  name: string;
  /** Where requests meet it. */
  prefixes: string[];
  params: readonly string[];
  /** How many routers deep. */
  level: number;
  application: boolean;
}

const join = (prefix: string, path: string): string => `${prefix}${path}`.replace(/\/\//g, '/') || '/';

function remember(making: Making, room: Room, method: string, path: Path): void {
  const asked = method === 'all' ? making.random.pick(['GET', 'POST', 'PUT']) : method.toUpperCase();
  for (const prefix of room.prefixes) {
    for (const sample of path.samples) making.targets.push({ method: asked, path: join(prefix, sample) });
  }
}

/** Registrations on a router or application, in order. */
export function fill(making: Making, room: Room, count: number): string[] {
  const lines: string[] = [];
  for (let step = 0; step < count; step++) lines.push(...registration(making, room));
  return lines;
}

function registration(making: Making, room: Room): string[] {
  const { random } = making;
  const { name } = room;
  return random.weighted<() => string[]>([
    [20, () => route(making, room)],
    [5, () => [`${name}.use(${middlewares(making, room.params).join(', ')});`]],
    [
      2,
      () => {
        const path = prefixPath(making);
        remember(making, room, 'get', path);
        const params = [...room.params, ...path.params];
        return [`${name}.use(${path.code}, ${middlewares(making, params).join(', ')});`];
      },
    ],
    [3, () => chained(making, room)],
    [1.5, () => table(making, room)],
    [room.level < 2 ? 6 : 0, () => mount(making, room)],
    [
      1.5,
      () => [
        `${name}.param('${random.pick(['id', 'owner', 'part'])}', ${makeHandler(making, 'param', room.params)});`,
      ],
    ],
    [room.application ? 0.8 : 0.15, () => [`${name}.use(${makeHandler(making, 'error', room.params)});`]],
  ])();
}

function middlewares(making: Making, params: readonly string[]): string[] {
  const one = () => makeHandler(making, 'middleware', params);
  return making.random.weighted<() => string[]>([
    [8, () => [one()]],
    [2, () => [one(), one()]],
    [1, () => [`[${one()}, ${one()}]`]],
  ])();
}

/** The handlers of a route: middleware, then what answers. */
function handlers(making: Making, params: readonly string[]): string {
  const { random, open } = making;
  const last = () => makeHandler(making, 'handler', params);
  const guard = () => makeHandler(making, 'middleware', params);
  return random.weighted<() => string>([
    [12, last],
    [4, () => `${guard()}, ${last()}`],
    [1, () => `${guard()}, ${guard()}, ${last()}`],
    [1, () => `[${guard()}, ${guard()}], ${last()}`],
    [1, () => `[${guard()}, ${last()}]`],
    [
      1,
      () => {
        const list = fresh(making, 'guards');
        open.body.push(`const ${list} = [${guard()}, ${guard()}];`);
        return random.chance(0.5) ? `...${list}, ${last()}` : `${list}, ${last()}`;
      },
    ],
    [1, () => `${last()}, ${last()}`],
  ])();
}

function route(making: Making, room: Room): string[] {
  const { random } = making;
  const [method, path] = [random.pick(METHODS), routePath(making)];
  remember(making, room, method, path);
  return [`${room.name}.${method}(${path.code}, ${handlers(making, [...room.params, ...path.params])});`];
}

function chained(making: Making, room: Room): string[] {
  const { random } = making;
  const path = routePath(making);
  const params = [...room.params, ...path.params];
  const methods = [...new Set([random.pick(METHODS), random.pick(METHODS), random.pick(METHODS)])];
  const lines = methods.map((method) => {
    remember(making, room, method, path);
    return `  .${method}(${handlers(making, params)})`;
  });
  lines[lines.length - 1] += ';';
  return [`${room.name}.route(${path.code})`, ...lines];
}

/** Routes out of a list. */
function table(making: Making, room: Room): string[] {
  const { random, open } = making;
  const paths = [routePath(making), routePath(making)];
  for (const path of paths) remember(making, room, 'get', path);
  const params = [...room.params, ...paths.flatMap((path) => path.params)];
  const one = () => makeHandler(making, 'handler', params);
  const list = fresh(making, 'table');
  return random.weighted<() => string[]>([
    [
      2,
      () => {
        const rows = paths.map(({ code }) => `[${code}, ${one()}]`);
        open.body.push(
          `const ${list}${making.style.typescript ? ': any[]' : ''} = [`,
          ...indent(rows.map((row) => `${row},`)),
          '];',
        );
        return [`for (const [path, handler] of ${list}) ${room.name}.get(path, handler);`];
      },
    ],
    [
      1,
      () => {
        const handler = one();
        return [
          `for (const path of [${paths.map(({ code }) => code).join(', ')}]) {`,
          `  ${room.name}.get(path, ${handler});`,
          '}',
        ];
      },
    ],
    [
      1,
      () => {
        const rows = paths.map(({ code }) => `{ path: ${code}, run: ${one()} },`);
        open.body.push(`const ${list} = [`, ...indent(rows), '];');
        return [`${list}.forEach(({ path, run }) => { ${room.name}.get(path, run); });`];
      },
    ],
    [
      0.6,
      () => {
        const methods = random.pick(["['get', 'post']", "['put', 'get']"]);
        const handler = one();
        return [
          `for (const method of ${methods}) {`,
          `  ${room.name}[method](${paths[0]?.code}, ${handler});`,
          '}',
        ];
      },
    ],
  ])();
}

/** A router or an application at a path, filled here, in a function, or in another file. */
function mount(making: Making, room: Room): string[] {
  const { random, style } = making;
  const path = random.chance(0.12) ? { code: '', samples: [''], params: [] } : prefixPath(making);
  const merges = random.chance(0.2);
  const application = random.chance(0.15);
  const name = fresh(making, application ? 'app' : 'router');
  const inner: Room = {
    ...{ name, application, level: room.level + 1 },
    prefixes: room.prefixes.flatMap((prefix) => path.samples.map((sample) => join(prefix, sample))),
    params: merges ? [...room.params, ...path.params] : [],
  };
  const guard = random.chance(0.2) ? `${makeHandler(making, 'middleware', room.params)}, ` : '';
  const made = application ? 'express()' : router(making, merges);
  const at = path.code === '' ? '' : `${path.code}, `;
  const use = (what: string) => [`${room.name}.use(${at}${guard}${what});`];
  const filling = () => fill(making, inner, 1 + random.int(3));
  const here = random.chance(style.many ? 0.3 : 0.7);
  if (here) {
    const lines = filling();
    // Mounted before it is filled, or after.
    return random.chance(0.15)
      ? [`const ${name} = ${made};`, ...use(name), ...lines]
      : [`const ${name} = ${made};`, ...lines, ...use(name)];
  }
  const build = (): string[] => [`const ${name} = ${made};`, ...filling()];
  const factory = `make${name}`;
  const option = loose(making, 'deps');
  if (!style.many) {
    const lines = build();
    making.open.body.push(`function ${factory}(${option}) {`, ...indent(lines), `  return ${name};`, '}');
    return use(`${factory}({ store })`);
  }
  return inOwnFile(making, name, build, use);
}

function router({ random }: Making, merges: boolean): string {
  const options = merges ? '{ mergeParams: true }' : random.chance(0.05) ? '{ mergeParams: false }' : '';
  return `${random.chance(0.85) ? 'express.' : 'express.'}Router(${options})`;
}

function inOwnFile(
  making: Making,
  name: string,
  build: () => string[],
  use: (what: string) => string[],
): string[] {
  const { random, style, open } = making;
  const path = `${random.pick(['routes', 'api/routers'])}/${name}.${extension(making)}`;
  const spec = `'${specifier(making, open.path, path)}'`;
  const factory = random.chance(0.35);
  const option = loose(making, 'deps');
  inFile(making, path, ({ body: lines }) => {
    const built = build();
    if (factory) {
      const head = style.esm ? 'export default (' : 'module.exports = (';
      lines.push(`${head}${option}) => {`, ...indent(built), `  return ${name};`, '};');
    } else lines.push(...built, style.esm ? `export default ${name};` : `module.exports = ${name};`);
  });
  const local = fresh(making, 'mounted');
  if (!style.esm && random.chance(0.3)) return use(`require(${spec})${factory ? '({ store })' : ''}`);
  open.head.push(style.esm ? `import ${local} from ${spec};` : `const ${local} = require(${spec});`);
  return use(factory ? `${local}({ store })` : local);
}
