import type { Making, Scope } from './making.ts';

type Choice = readonly [number, () => string];

/** An expression that is a string, whatever the request. */
export function text(making: Making, scope: Scope): string {
  const { random } = making;
  const { req, values } = scope;
  return random.weighted<() => string>([
    [6, () => random.pick(["'plain'", "'two words'", "'ünï'", "'<b>bold</b>'", "''", '`tick`'])],
    [2, () => `${req}.method`],
    [3, () => `${req}.path`],
    [3, () => `${req}.originalUrl`],
    [2, () => `${req}.url`],
    [2, () => `${req}.baseUrl`],
    [1, () => `${req}.hostname`],
    [1, () => `${req}.protocol`],
    [4, () => `String(${req}.query.${random.pick(KEYS)})`],
    [3, () => `(${req}.get('${random.pick(HEADERS)}') || 'none')`],
    [2, () => `whoIs(${req})`],
    [4, () => parameterOf(making, scope, (name) => `String(${name})`)],
    [3, () => `\`${random.pick(['id', 'of'])}: \${${any(making, scope)}}\``],
    [values.length > 0 ? 4 : 0, () => `String(${random.pick(values)})`],
    [1, () => `'pre-' + ${req}.path.slice(1)`],
  ])();
}

const KEYS = ['a', 'b', 'page', 'name', 'flag'];
const HEADERS = ['X-Flag', 'x-user', 'Host', 'Content-Type', 'Accept', 'User-Agent', 'Referer'];

/** A wildcard of Express 5 is a list, which a bridged handler gets as text: not compared. */
const WILD = /^(rest|all)$/;
const isWild = ({ style }: Making, { params }: Scope): boolean =>
  style.express === 5 && params.some((name) => WILD.test(name));

function parameterOf(
  { random }: Making,
  { req, params }: Scope,
  wrap = (name: string): string => name,
): string {
  const plain = params.filter((name) => !WILD.test(name));
  if (plain.length === 0) return wrap(`${req}.params.id`);
  const name = random.pick(plain);
  return wrap(/^\d/.test(name) ? `${req}.params[${name}]` : `${req}.params.${name}`);
}

/** Members whose values JSON can carry, or that become `undefined` there. */
export function any(making: Making, scope: Scope): string {
  const { random, cookies } = making;
  const { req, res, values } = scope;
  const choices: Choice[] = [
    [4, () => `${req}.query`],
    [5, () => `${req}.query.${random.pick(KEYS)}`],
    [1, () => `${req}.query['${random.pick(KEYS)}']`],
    // Express 5 gives them no prototype, so that no string can be made of them: not compared.
    [
      isWild(making, scope) ? 0 : 2,
      () => (making.style.express === 5 ? `{ ...${req}.params }` : `${req}.params`),
    ],
    [5, () => parameterOf(making, scope)],
    [5, () => `${req}.body`],
    [3, () => `${req}.body?.${random.pick(['name', 'n', 'list', 'nested'])}`],
    [1, () => `(${req}.body || {}).name`],
    [1, () => `${req}.xhr`],
    [1, () => `${req}.ip`],
    [0.5, () => `${req}.ips`],
    [0.5, () => `${req}.secure`],
    [0.5, () => `${req}.subdomains`],
    [0.5, () => `${req}.fresh`],
    [0.5, () => `${req}.stale`],
    [1, () => `${req}.headers['x-flag']`],
    [0.5, () => `${req}.headers.accept`],
    [1, () => `${req}.accepts(${random.pick(["'html'", "['json', 'text']", "'json', 'html'", ''])})`],
    [1, () => `${req}.is(${random.pick(["'json'", "['text/*', 'json']", "'urlencoded'", "'*/*'"])})`],
    [0.5, () => `${req}.acceptsLanguages('en', 'de')`],
    [0.5, () => `${req}.acceptsEncodings('gzip')`],
    [0.5, () => `${req}.acceptsCharsets('utf-8')`],
    [0.5, () => `${req}.range(100)`],
    [0.5, () => `${req}.route && ${req}.route.path`],
    [0.5, () => `${req}.app.get('title')`],
    [0.5, () => `${req}.app.locals.site`],
    [0.5, () => `${res}.app.enabled('etag')`],
    [3, () => `${res}.locals.user`],
    [2, () => `${res}.locals.trail`],
    [0.5, () => `${res}.locals`],
    [3, () => dotted(making, req, 'user')],
    [2, () => dotted(making, req, 'trail')],
    [1, () => `${res}.get('X-Step')`],
    [1, () => `${res}.getHeader('content-type')`],
    [1, () => `${res}.statusCode`],
    [0.7, () => `${res}.headersSent`],
    [cookies ? 4 : 0, () => `${req}.cookies`],
    [cookies ? 2 : 0, () => `${req}.cookies.a`],
    [cookies ? 1 : 0, () => `${req}.signedCookies`],
    [values.length > 0 ? 8 : 0, () => random.pick(values)],
    [4, () => text(making, scope)],
    [3, () => random.pick(['1', '0', 'null', 'true', '[]', '{}', '1.5', 'undefined', "'7'", '[1, 2]'])],
    [1, () => 'store.items'],
  ];
  return random.weighted(choices)();
}

/** A member that a middleware puts on the request: TypeScript has to be told. */
export const dotted = ({ style }: Making, req: string, name: string): string =>
  style.typescript ? `(${req} as any).${name}` : `${req}.${name}`;

/** What an answer carries as JSON. */
export function data(making: Making, scope: Scope): string {
  const { random } = making;
  const entries = (): string => {
    const names = random.some(['id', 'name', 'query', 'who', 'at', 'list', 'extra'], 0.35);
    return names.map((name) => `${name}: ${any(making, scope)}`).join(', ');
  };
  const spread = random.chance(0.1) ? `...${scope.req}.query, ` : '';
  return random.weighted<() => string>([
    [12, () => `{ ${spread}${entries()} }`],
    [3, () => `[${any(making, scope)}, ${any(making, scope)}]`],
    [3, () => any(making, scope)],
    [2, () => `{ nested: { ${entries()} }, list: [${any(making, scope)}] }`],
    [1, () => `{ when: new Date(0), none: undefined, nan: NaN }`],
    [1, () => `{ toJSON: () => ({ ${entries()} }) }`],
    [
      1,
      () => {
        const item = random.pick(['item', 'res', 'req', 'c', 'next']);
        return `store.items.map((${item}) => ({ ...${item}, seen: true }))`;
      },
    ],
  ])();
}

/** A condition on the request. */
export function condition(making: Making, scope: Scope): string {
  const { random } = making;
  const { req, res, values } = scope;
  const one = random.weighted<() => string>([
    [6, () => `${req}.query.${random.pick(KEYS)}`],
    [5, () => `${req}.query.${random.pick(KEYS)} === '${random.pick(['1', '2', 'ann'])}'`],
    [5, () => parameterOf(making, scope, (name) => `${name} === '${random.pick(['7', 'bad', 'x', 'ann'])}'`)],
    [4, () => `${req}.get('X-Flag')`],
    [2, () => `${req}.headers['x-flag'] === 'on'`],
    [3, () => `${req}.body && ${req}.body.name`],
    [1, () => `${req}.xhr`],
    [3, () => `${req}.method === '${random.pick(['GET', 'POST', 'HEAD'])}'`],
    [1, () => `${req}.path.endsWith('/')`],
    [2, () => `${req}.is('json')`],
    [2, () => `${req}.accepts('html')`],
    [3, () => `${res}.locals.user`],
    [3, () => dotted(making, req, 'user')],
    [1, () => `${res}.headersSent`],
    [2, () => `typeof ${req}.query.a === 'string'`],
    [2, () => parameterOf(making, scope, (name) => `Number(${name}) > 3`)],
    [1, () => `Array.isArray(${req}.query.a)`],
    [values.length > 0 ? 5 : 0, () => random.pick(values)],
  ])();
  return random.chance(0.15) ? `!(${one})` : one;
}

/** An expression that throws or is an error. */
export function fault(making: Making, scope: Scope): string {
  return making.random.weighted<() => string>([
    [5, () => `new HttpError(${making.random.pick([400, 404, 409, 422, 503])}, ${text(making, scope)})`],
    [3, () => `new Error('${making.random.pick(['broken', 'no such thing', 'late'])}')`],
    [1, () => `Object.assign(new Error('teapot'), { status: 418, headers: { 'X-Why': 'tea' } })`],
    [1, () => `Object.assign(new Error('coded'), { statusCode: 410 })`],
    [1, () => `{ status: 402, message: 'pay' }`],
    [0.5, () => "'just text'"],
  ])();
}
