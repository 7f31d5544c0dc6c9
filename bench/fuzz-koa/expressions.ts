import type { Making } from './making.ts';

/** A value that is a text or nothing. */
export function text(making: Making): string {
  const { random } = making;
  return random.weighted<() => string>([
    [3, () => random.pick(["'one'", "'two words'", '`three`', "'<b>four</b>'", "''"])],
    [3, () => random.pick(['ctx.query.q', 'ctx.query.page', "ctx.query['n']", 'ctx.request.query.q'])],
    [making.routed ? 3 : 0, () => random.pick(['ctx.params.id', 'ctx.params.name', "ctx.params['id']"])],
    [2, () => random.pick(["ctx.get('X-One')", "ctx.headers['x-two']", "ctx.request.get('Accept')"])],
    [
      2,
      () => random.pick(['ctx.method', 'ctx.path', 'ctx.url', 'ctx.querystring', 'ctx.search', 'ctx.host']),
    ],
    [2, () => random.pick(['ctx.state.user', 'ctx.state.seen', 'ctx.user'])],
    [1, () => random.pick(["ctx.cookies.get('a')", 'ctx.request.method', 'ctx.originalUrl'])],
    [1, () => `\`\${${random.pick(['ctx.path', 'ctx.query.q', 'ctx.state.user'])}}!\``],
  ])();
}

/** What `ctx.body` is given. */
export function body(making: Making): string {
  const { random } = making;
  return random.weighted<() => string>([
    [4, () => `{ a: ${text(making)}, b: ${random.int(9)} }`],
    [2, () => `[${text(making)}, ${text(making)}]`],
    [3, () => text(making)],
    [1, () => random.pick(['null', '5', 'true', 'undefined', "Buffer.from('bytes')"])],
    [1, () => `\`<p>\${${text(making)}}</p>\``],
    [1, () => `${text(making)} || 'none'`],
    [1, () => `{ query: ctx.query, params: ${making.routed ? 'ctx.params' : '1'} }`],
    [making.parsed ? 2 : 0, () => random.pick(['ctx.request.body', '{ got: ctx.request.body.a }'])],
    [making.session ? 2 : 0, () => '{ views: ctx.session.views }'],
    [1, () => `await later(${text(making)})`],
    [0.5, () => "Readable.from(['one', 'two'])"],
    [0.5, () => `JSON.stringify({ c: ${text(making)} })`],
  ])();
}

/** A condition that requests decide. */
export function condition(making: Making): string {
  const { random } = making;
  return random.pick([
    "ctx.query.q === 'x'",
    '!ctx.query.q',
    'ctx.query.page > 2',
    "ctx.get('X-One')",
    "ctx.headers['x-two'] === 'yes'",
    "ctx.method === 'POST'",
    "ctx.path.endsWith('s')",
    'ctx.state.user',
    '!ctx.state.seen',
    making.routed ? "ctx.params.id === '7'" : "ctx.path === '/notes/7'",
    "ctx.is('json')",
    "ctx.accepts('html')",
  ]);
}

/** A status, as it is written. */
export const status = ({ random }: Making): string =>
  random.weighted([
    [3, String(random.pick([200, 201, 202]))],
    [3, String(random.pick([400, 403, 404, 409, 422]))],
    [1, String(random.pick([204, 304]))],
    [1, String(random.pick([500, 503, 502]))],
    [1, 'ctx.query.q ? 201 : 202'],
  ]);
