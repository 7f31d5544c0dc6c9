import type { CaseRequest, CoverageCase } from '../express-coverage/cases.ts';
import { randomOf } from '../fuzz-express/random.ts';
import { handler } from './handlers.ts';
import { load, type Making } from './making.ts';
import { router } from './routers.ts';

const RANGES: Readonly<Record<string, string>> = {
  'koa-bodyparser': '^4.4.1',
  '@koa/cors': '^5.0.0',
  'koa-session': '^7.0.2',
  'koa-json': '^2.0.2',
  'koa-etag': '^5.0.0',
  'koa-conditional-get': '^3.0.0',
  'koa-response-time': '^2.1.0',
};

/** Whether a program is converted with `--koa stays`: its manifest says so. */
export const staysIn = (manifest: string): boolean => manifest.includes('"program-stays"');

/** The program of a seed with its requests: a Koa application that listens on PORT. */
export function programOf(seed: number): CoverageCase {
  const random = randomOf(seed * 31 + 5);
  const making: Making = {
    ...{
      random,
      koa: random.pick([2, 3] as const),
      modern: random.chance(0.7),
      esm: random.chance(0.4),
      packages: new Map(),
      head: [],
    },
    ...{ targets: [], count: 0, parsed: false, session: false, routed: false },
  };
  const stack = [
    ...packages(making),
    ...Array.from({ length: random.int(3) }, () => `app.use(${handler(making, true)});`),
  ];
  const routers = Array.from({ length: 1 + random.int(2) }, () => router(making));
  const mounts = routers.flatMap(({ lines, name }) => [
    ...lines,
    random.chance(0.3)
      ? `app.use(${name}.routes()).use(${name}.allowedMethods());`
      : `app.use(${name}.routes());`,
  ]);
  const [first] = routers;
  const last = [
    ...(first !== undefined && random.chance(0.3) ? [`app.use(${first.name}.allowedMethods());`] : []),
    ...(random.chance(0.25) ? [`app.use(${handler(making, false)});`] : []),
  ];
  const text = [
    ...imports(making),
    '',
    'const later = async (value) => value;',
    'function send(ctx, value) {\n  ctx.body = value;\n}',
    ...making.head,
    'const app = new Koa();',
    "app.on('error', () => {});",
    ...(making.session ? ["app.keys = ['secret'];"] : []),
    ...(random.chance(0.15) ? ["app.context.site = 'here';"] : []),
    ...stack,
    ...mounts,
    ...last,
    'app.listen(process.env.PORT);',
  ].join('\n');
  const dependencies = {
    koa: making.koa === 2 ? '^2.16.4' : '^3.3.0',
    ...(making.modern ? { '@koa/router': '^15.7.0' } : { 'koa-router': '^12.0.1' }),
    ...Object.fromEntries([...making.packages.values()].map((name) => [name, RANGES[name] ?? '*'])),
  };
  const manifest = {
    name: seed % 2 === 0 ? 'program' : 'program-stays',
    ...{ private: true, type: making.esm ? 'module' : 'commonjs', dependencies },
  };
  return {
    ...{
      id: `p${seed}`,
      kind: 'adversarial',
      subject: `seed ${seed}`,
      variant: null,
      express: 5,
      entry: 'app.js',
    },
    installedAs: { koa: making.koa === 2 ? 'koa2' : 'koa' },
    files: new Map([
      ['app.js', `${text}\n`],
      ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ]),
    ...{ modules: new Map(), requests: requests(making), cookies: making.session, concurrent: false },
    mask: [
      /expires=(?!thu, 01 jan 1970)[^;]+/gi,
      /x-response-time: [^\n]*/gi,
      /koa\.sess(?:\.sig)?=[^;\n]+/gi,
    ],
  };
}

/** What packages export their middleware by, where it is not the package itself. */
const MEMBERS: Readonly<Record<string, string>> = { 'koa-session': 'createSession', 'koa-etag': 'default' };

function imports({ packages: own, esm, modern }: Making): string[] {
  const all = new Map([['Koa', 'koa'], ['Router', modern ? '@koa/router' : 'koa-router'], ...own]);
  const lines = [...all].map(([local, name]) => {
    const member = MEMBERS[name];
    if (member === undefined)
      return esm ? `import ${local} from '${name}';` : `const ${local} = require('${name}');`;
    return esm
      ? `import { ${member} as ${local} } from '${name}';`
      : `const { ${member}: ${local} } = require('${name}');`;
  });
  return [
    ...lines,
    esm ? "import { Readable } from 'node:stream';" : "const { Readable } = require('node:stream');",
  ];
}

function packages(making: Making): string[] {
  const { random } = making;
  const lines: string[] = [];
  if (random.chance(0.1)) lines.push(`app.use(${load(making, 'koa-response-time', 'responseTime')}());`);
  if (random.chance(0.25))
    lines.push(
      `app.use(${load(making, '@koa/cors', 'cors')}(${random.pick(['', '{ credentials: true }'])}));`,
    );
  if (random.chance(0.15)) {
    making.session = true;
    lines.push(`app.use(${load(making, 'koa-session', 'session')}(app));`);
    lines.push(
      'app.use(async (ctx, next) => {\nctx.session.views = (ctx.session.views || 0) + 1;\nawait next();\n});',
    );
  }
  if (random.chance(0.1)) lines.push(`app.use(${load(making, 'koa-json', 'json')}());`);
  if (random.chance(0.08))
    lines.push(
      `app.use(${load(making, 'koa-conditional-get', 'conditional')}());`,
      `app.use(${load(making, 'koa-etag', 'etag')}());`,
    );
  if (random.chance(0.5)) {
    making.parsed = true;
    lines.push(
      `app.use(${load(making, 'koa-bodyparser', 'bodyParser')}(${random.pick(['', '', "{ jsonLimit: '40b' }"])}));`,
    );
  }
  return lines;
}

/** Requests for every route, as it is and otherwise, and for what has none. */
function requests({ random, targets }: Making): CaseRequest[] {
  const made: CaseRequest[] = [];
  const add = (method: string, path: string) => {
    const query = random.weighted([
      [3, ''],
      [2, '?q=x'],
      [1, '?q=%3Cb%3E&page=3'],
      [1, '?page=1&n=5'],
    ]);
    const headers: Record<string, string> = {};
    if (random.chance(0.3)) headers['X-One'] = 'first';
    if (random.chance(0.3)) headers['X-Two'] = 'yes';
    if (random.chance(0.2)) headers.Cookie = 'a=1; b=x';
    if (random.chance(0.2)) headers.Origin = 'https://else.example';
    let text: string | null = null;
    if (/^(POST|PUT|PATCH)$/.test(method) && random.chance(0.8)) {
      const isForm = random.chance(0.25);
      headers['Content-Type'] = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
      text = isForm
        ? 'a=1&b=2'
        : random.pick(['{"a":1}', '{"a":"long enough to be too long for a limit"}', '{bad', '[1]']);
    }
    made.push({ method, path: path + query, headers, body: text, timeout: 2000 });
  };
  for (const { method, path } of targets) {
    const filled = path
      .replace(/:id\b/g, () => random.pick(['7', 'bad', 'a%20b']))
      .replace(/:name\b/g, () => random.pick(['ann', 'x.y', 's']));
    add(method, filled);
    if (random.chance(0.5)) add(method, filled);
    if (random.chance(0.3)) add(random.pick(['GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']), filled);
    if (random.chance(0.2)) add(method, `${filled}/`);
  }
  add('GET', '/nowhere');
  return made.slice(0, 24);
}
