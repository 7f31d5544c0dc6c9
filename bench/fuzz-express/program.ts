import type { CoverageCase } from '../express-coverage/cases.ts';
import { makeHandler } from './handlers.ts';
import { helpersIn, writeHelper } from './helpers.ts';
import { extension, type Making, type Source, type Style, specifier } from './making.ts';
import { randomOf } from './random.ts';
import { requestsFor } from './requests.ts';
import { fill, type Room } from './routers.ts';
import { SHAPES } from './shapes/index.ts';
import { type Left, shapingOf } from './shapes/shape.ts';

/** Package versions as package.json gets them. */
const VERSIONS: Readonly<Record<string, string>> = {
  express4: '^4.22.3',
  express5: '^5.3.0',
  'cookie-parser': '^1.4.7',
  'body-parser': '^2.4.0',
  multer: '^2.5.0',
  ejs: '^7.0.2',
  'express-session': '^1.19.0',
  helmet: '^8.3.0',
  cors: '^2.8.6',
  passport: '^0.7.0',
  'passport-local': '^1.0.0',
  'connect-flash': '^0.1.1',
  'express-rate-limit': '^8.7.0',
  'express-validator': '^7.3.2',
};

/** `random`: statements and routes of every kind, put together by chance. `shapes`: ways real applications are written, a few routes beside them. */
export type Grammar = 'random' | 'shapes';

/** The program of a seed with its requests: an Express application that listens on PORT. */
export function programOf(seed: number, grammar: Grammar = 'random'): CoverageCase {
  const random = randomOf(seed);
  const typescript = random.chance(0.25);
  const style: Style = {
    ...{ express: random.pick([4, 5] as const), typescript, esm: typescript || random.chance(0.4) },
    many: random.chance(0.4),
  };
  const main: Source = { path: typescript ? 'app.ts' : 'app.js', head: [], body: [] };
  const making: Making = {
    ...{ random, style, sources: [main], open: main, targets: [], count: 0, cookies: false },
    ...{ packages: new Set(), jar: false },
  };
  const room: Room = { name: 'app', prefixes: [''], params: [], level: 0, application: true };
  const setup = [...settings(making), ...parsers(making)];
  const left: Left = { files: new Map(), requests: [] };
  const routes = grammar === 'random' ? fill(making, room, 2 + random.int(5)) : shaped(making, room, left);
  const last = [...notFound(making), ...errorHandlers(making)];
  main.body.push('const app = express();', ...setup, ...routes, ...last);
  main.body.push('app.listen(process.env.PORT);');
  const files = new Map([...left.files, ...assemble(making)]);
  files.set('package.json', manifest(making));
  return {
    ...{ id: `p${seed}`, kind: 'adversarial', subject: `seed ${seed}`, variant: null },
    ...{
      express: style.express,
      entry: main.path,
      files,
      requests: [...left.requests, ...requestsFor(making)],
    },
    ...{
      modules: new Map(),
      cookies: making.jar,
      concurrent: false,
      mask: [/expires=(?!thu, 01 jan 1970)[^;]+/gi],
    },
  };
}

/** One to three shapes, and now and then a route of the random grammar before, between or after them. */
function shaped(making: Making, room: Room, left: Left): string[] {
  const { random } = making;
  const wanted = new Set(Array.from({ length: 1 + random.int(3) }, () => random.pick(SHAPES)));
  const lines: string[] = [];
  for (const shape of wanted) {
    if (random.chance(0.25)) lines.push(...fill(making, room, 1));
    for (const name of shape.packages ?? []) making.packages.add(name);
    lines.push(...shape.write(shapingOf(making, left)));
  }
  if (random.chance(0.4)) lines.push(...fill(making, room, 1 + random.int(2)));
  return lines;
}

function settings({ random }: Making): string[] {
  const lines = random.some(
    [
      "app.disable('x-powered-by');",
      random.pick(["app.set('etag', false);", "app.set('etag', 'strong');", "app.disable('etag');"]),
      random.pick(["app.set('json spaces', 2);", "app.set('json spaces', '\\t');"]),
      "app.enable('case sensitive routing');",
      "app.set('strict routing', true);",
      random.pick([
        "app.set('trust proxy', true);",
        "app.enable('trust proxy');",
        "app.set('trust proxy', 'loopback');",
        "app.set('trust proxy', 1);",
      ]),
      random.pick([
        "app.set('query parser', 'simple');",
        "app.set('query parser', 'extended');",
        "app.set('query parser', false);",
      ]),
      "app.set('title', 'Fuzz');",
      "app.locals.site = 'here';",
    ],
    0.09,
  );
  return lines;
}

function parsers(making: Making): string[] {
  const { random } = making;
  const own = (options: readonly string[]) => (random.chance(0.3) ? random.pick(options) : '');
  const lines: string[] = [];
  if (random.chance(0.7)) {
    const options = own([
      "{ limit: '40b' }",
      '{ strict: false }',
      "{ type: '*/*' }",
      "{ type: ['json', '+json'] }",
    ]);
    const from = random.chance(0.12) ? 'bodyParser' : 'express';
    if (from === 'bodyParser') making.packages.add('body-parser');
    lines.push(`app.use(${from}.json(${options}));`);
  }
  if (random.chance(0.4))
    lines.push(
      `app.use(express.urlencoded(${random.pick(['{ extended: true }', '{ extended: false }', "{ extended: true, limit: '20b' }"])}));`,
    );
  if (random.chance(0.12))
    lines.push(`app.use(express.text(${own(["{ type: 'text/*' }", '{ limit: 10 }'])}));`);
  if (random.chance(0.06)) lines.push(`app.use(express.raw());`);
  if (random.chance(0.25)) {
    making.packages.add('cookie-parser');
    making.cookies = true;
    lines.push(`app.use(cookieParser(${random.chance(0.3) ? "'secret'" : ''}));`);
  }
  if (random.chance(0.2)) lines.push(`app.use(${makeHandler(making, 'middleware', [])});`);
  return lines;
}

function notFound(making: Making): string[] {
  const { random } = making;
  if (!random.chance(0.25)) return [];
  return random.weighted<() => string[]>([
    [3, () => ["app.use((req, res) => res.status(404).json({ error: 'none', path: req.path }));"]],
    [2, () => ["app.use((req, res, next) => next(new HttpError(404, 'no ' + req.originalUrl)));"]],
    [1, () => ["app.use((req, res) => { res.status(404); res.send('nothing'); });"]],
    [1, () => ["app.use('/', (req, res, next) => { const err = new HttpError(404, 'none'); next(err); });"]],
  ])();
}

function errorHandlers(making: Making): string[] {
  const count = making.random.weighted([
    [4, 0],
    [5, 1],
    [2, 2],
    [0.5, 3],
  ]);
  return Array.from({ length: count }, () => `app.use(${makeHandler(making, 'error', [])});`);
}

const PACKAGES: readonly (readonly [name: string, from: string])[] = [
  ['cookieParser', 'cookie-parser'],
  ['bodyParser', 'body-parser'],
  ['Readable', 'node:stream'],
];

/** The files with what they import; helpers stand where they are used, or in a file of their own. */
function* assemble(making: Making): Generator<[string, string]> {
  const { sources, style } = making;
  const library = `lib/helpers.${extension(making)}`;
  const shared = new Set<string>();
  for (const source of sources) {
    const named = helpersIn(source.body);
    const all = source.body.join('\n');
    const lines: string[] = [];
    const needs = (name: string) => new RegExp(`\\b${name}\\b`).test(all);
    const isBound = (name: string) => name === 'Readable';
    const types = style.typescript
      ? ['Request', 'Response', 'NextFunction'].filter((name) => new RegExp(`: ${name}\\b`).test(all))
      : [];
    if (style.esm) {
      if (needs('express')) lines.push("import express from 'express';");
      if (types.length > 0) lines.push(`import type { ${types.join(', ')} } from 'express';`);
    } else if (needs('express')) lines.push("const express = require('express');");
    for (const [name, from] of PACKAGES) {
      if (!needs(name)) continue;
      const local = isBound(name) ? `{ ${name} }` : name;
      lines.push(style.esm ? `import ${local} from '${from}';` : `const ${local} = require('${from}');`);
    }
    const helpers: string[] = [];
    if (style.many && named.length > 0) {
      for (const name of named) shared.add(name);
      const direct = named.filter(needs);
      const spec = specifier(making, source.path, library);
      const list = `{ ${direct.join(', ')} }`;
      lines.push(style.esm ? `import ${list} from '${spec}';` : `const ${list} = require('${spec}');`);
    } else helpers.push(...named.map((name) => writeHelper(making, name)));
    yield [source.path, `${[...lines, ...source.head, '', ...helpers, ...source.body].join('\n')}\n`];
  }
  if (shared.size === 0) return;
  const names = helpersIn([...shared]);
  const types = style.typescript ? ["import type { Request, Response } from 'express';"] : [];
  const last = style.esm ? `export { ${names.join(', ')} };` : `module.exports = { ${names.join(', ')} };`;
  yield [library, `${[...types, ...names.map((name) => writeHelper(making, name)), last].join('\n')}\n`];
}

function manifest({ style, packages }: Making): string {
  const dependencies = {
    express: VERSIONS[`express${style.express}`],
    ...Object.fromEntries([...packages].map((name) => [name, VERSIONS[name]])),
  };
  const types = { '@types/express': '^5.0.6', '@types/node': '*' };
  const whole = {
    ...{ name: 'program', private: true, type: style.esm ? 'module' : 'commonjs', dependencies },
    ...(style.typescript && { devDependencies: types }),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
