import type { CoverageCase } from '../express-coverage/cases.ts';
import { randomOf } from '../fuzz-express/random.ts';
import { requestsFor } from '../fuzz-express/requests.ts';
import { errorHandler, guard, handler, sending } from './handlers.ts';
import { fresh, indent, type Making, type Part } from './making.ts';

const VERSIONS = { 4: '^4.29.0', 5: '^5.12.0' };
/** Under which names packages of the older release stand in `node_modules`. */
const INSTALLED: Readonly<Record<4 | 5, Record<string, string>>> = {
  4: {
    fastify: 'fastify4',
    '@fastify/fast-json-stringify-compiler': '@fastify/fast-json-stringify-compiler4',
  },
  5: {},
};

/** The program of a seed with its requests: a Fastify application that listens on PORT. */
export function programOf(seed: number): CoverageCase {
  const random = randomOf(seed);
  const release = random.pick([4, 5] as const);
  const making: Making = { random, release, targets: [], count: 0, mayStay: random.chance(0.6) };
  const lines = [
    "const fastify = require('fastify');",
    '',
    `const app = fastify(${options(making)});`,
    ...inside(making, { name: 'app', prefix: '', depth: 0 }),
    "app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });",
  ];
  const manifest = {
    name: 'program',
    private: true,
    type: 'commonjs',
    dependencies: { fastify: VERSIONS[release] },
  };
  return {
    ...{ id: `p${seed}`, kind: 'adversarial', subject: `seed ${seed}`, variant: null, express: 4 },
    ...{
      entry: 'app.js',
      installedAs: INSTALLED[release],
      modules: new Map(),
      cookies: false,
      concurrent: false,
    },
    files: new Map([
      ['app.js', `${lines.join('\n')}\n`],
      ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ]),
    requests: requestsFor(making),
    mask: [],
  };
}

function options({ random }: Making): string {
  const some = random.some(
    [
      'ignoreTrailingSlash: true',
      'bodyLimit: 60',
      'maxParamLength: 8',
      'exposeHeadRoutes: false',
      `ajv: { customOptions: ${random.pick(['{ removeAdditional: false }', '{ coerceTypes: false }', '{ allErrors: true }', '{ useDefaults: false }'])} }`,
    ],
    0.12,
  );
  return some.length === 0 ? '' : `{ ${some.join(', ')} }`;
}

/** What one part of the application registers. */
function inside(making: Making, part: Part): string[] {
  const { random } = making;
  const own: (() => string[])[] = [];
  const { name } = part;
  if (part.depth === 0)
    own.push(() => [`${name}.decorateRequest('user', null);`, `${name}.decorateRequest('trail', null);`]);
  const few = (chance: number, most: number, write: () => string[]) => {
    for (let count = 0; count < most; count++) if (random.chance(chance)) own.push(write);
  };
  few(0.3, 2, () => [
    `${name}.addHook('${random.pick(['onRequest', 'preValidation', 'preHandler'])}', ${guard(making)});`,
  ]);
  few(0.2, 1, () => [`${name}.addHook('onSend', ${sending(making)});`]);
  few(0.1, 1, () => [
    `${name}.addHook('onError', async (request, reply, error) => { reply.header('x-error', error.message); });`,
  ]);
  if (random.chance(part.depth === 0 ? 0.4 : 0.25))
    own.push(() => [`${name}.setErrorHandler(${errorHandler(making)});`]);
  if (random.chance(part.depth === 0 ? 0.25 : 0.15))
    own.push(() => [`${name}.setNotFoundHandler(${handler(making)});`]);
  if (random.chance(0.12))
    own.push(() => [
      `${name}.addContentTypeParser('application/vnd.api+json', { parseAs: 'string' }, (request, body, done) => {`,
      '  done(null, { parsed: body });',
      '});',
    ]);
  few(0.85, 3, () => route(making, part));
  if (part.depth < 2) few(0.45, 2, () => plugin(making, part));
  if (part.depth === 0) own.push(() => route(making, part));
  return own.flatMap((write) => write());
}

function plugin(making: Making, part: Part): string[] {
  const { random } = making;
  const isShared = random.chance(0.2);
  const prefix =
    isShared || random.chance(0.2) ? '' : `/${fresh(making, 'p')}${random.chance(0.15) ? '/:owner' : ''}`;
  const name = fresh(making, 'part');
  const fn = fresh(making, 'plugin');
  const below = { name, prefix: part.prefix + prefix, depth: part.depth + 1 };
  const isAsync = random.chance(0.7);
  return [
    `${isAsync ? 'async ' : ''}function ${fn}(${name}, options${isAsync ? '' : ', done'}) {`,
    ...indent(inside(making, below)),
    ...(isAsync ? [] : ['  done();']),
    '}',
    ...(isShared ? [`${fn}[Symbol.for('skip-override')] = true;`] : []),
    `${part.name}.register(${fn}${prefix === '' ? '' : `, { prefix: '${prefix}' }`});`,
  ];
}

const OBJECT = (properties: string, more = '') => `{ type: 'object', properties: { ${properties} }${more} }`;

function schema({ random }: Making, method: string): string | null {
  const parts = random.some(
    [
      `querystring: ${OBJECT("a: { type: 'integer' }, b: { type: 'string', default: 'd' }")}`,
      `params: ${OBJECT("id: { type: 'string', maxLength: 6 }")}`,
      ...(/^P/.test(method)
        ? [
            `body: ${OBJECT("name: { type: 'string' }, n: { type: 'number', default: 9 }", random.pick(['', ", required: ['name']", ', additionalProperties: false']))}`,
          ]
        : []),
      `headers: ${OBJECT("'X-Flag': { type: 'string', enum: ['on'] }")}`,
      `response: { ${random.pick(['200', "'2xx'", 'default'])}: ${OBJECT("id: { type: 'string' }, a: { type: 'integer' }, title: { type: 'string' }, list: { type: 'array', items: { type: 'object', properties: { x: { type: 'integer' } } } }")} }`,
    ],
    0.35,
  );
  return parts.length === 0 ? null : `schema: { ${parts.join(', ')} }`;
}

function route(making: Making, part: Part): string[] {
  const { random } = making;
  const method = random.pick(['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH']);
  const word = fresh(making, 'r');
  const [path, sample] = random.weighted<readonly [string, string]>([
    [4, [`/${word}`, `/${word}`]],
    [3, [`/${word}/:id`, `/${word}/${random.pick(['7', 'ann', 'long-one-1'])}`]],
    [1, [`/${word}/:id/x`, `/${word}/7/x`]],
    [1, [`/${word}/*`, `/${word}/a/b`]],
    [1, [`/${word}/:id(^\\\\d+$)`, `/${word}/12`]],
    [0.5, [`/${word}/:id-:other`, `/${word}/a-b`]],
    [0.5, [`/${word}/`, `/${word}/`]],
  ]);
  const at = (part.prefix + sample).replace(':owner', 'o');
  making.targets.push({ method, path: at });
  const own = [
    random.chance(0.35) ? schema(making, method) : null,
    random.chance(0.25) ? `preHandler: ${random.chance(0.5) ? `[${guard(making)}]` : guard(making)}` : null,
    random.chance(0.08) ? `errorHandler: ${errorHandler(making)}` : null,
    random.chance(0.08) ? 'attachValidation: true' : null,
  ].filter((each) => each !== null);
  if (random.chance(0.2))
    return [
      `${part.name}.route({`,
      ...indent([
        `method: '${method}',`,
        `url: '${path}',`,
        ...own.map((each) => `${each},`),
        `handler: ${handler(making)},`,
      ]),
      '});',
    ];
  const settings = own.length === 0 ? '' : `{ ${own.join(', ')} }, `;
  return [`${part.name}.${method.toLowerCase()}('${path}', ${settings}${handler(making)});`];
}
