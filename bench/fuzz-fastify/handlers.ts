import { indent, type Making } from './making.ts';

/** A value that a handler answers with or puts somewhere. */
function value({ random }: Making): string {
  return random.pick([
    "{ a: 1, b: 'two' }",
    '[1, 2, 3]',
    "'some text'",
    "'ünï'",
    '42',
    'true',
    'null',
    "''",
    '{}',
    '{ query: request.query }',
    '{ params: request.params }',
    '{ body: request.body ?? null }',
    "{ flag: request.headers['x-flag'] ?? null, method: request.method }",
    '{ user: request.user ?? null, trail: request.trail ?? null }',
    'request.query',
    'request.params.id ?? null',
    'request.query.a ?? null',
    '{ id: request.params.id, title: 7, secret: 1, list: [{ x: 1, y: 2 }] }',
    '{ url: request.url }',
    "{ when: new Date(0), skip: undefined, nested: { deep: ['x'] } }",
    `\`id \${request.params.id}\``,
  ]);
}

const failure = ({ random }: Making): string =>
  random.pick([
    "new Error('failed')",
    "Object.assign(new Error('teapot'), { statusCode: 418 })",
    "Object.assign(new Error('coded'), { statusCode: 409, code: 'E_CODED' })",
    "Object.assign(new Error('status'), { status: 422 })",
    "new TypeError('of a type')",
  ]);

/** Statements that prepare an answer. */
function effects(making: Making): string[] {
  const { random } = making;
  return random.some(
    [
      `reply.code(${random.pick([200, 201, 202, 204, 400, 404, 503])});`,
      "reply.header('x-step', 'one');",
      "reply.header('X-Other', request.method);",
      "reply.headers({ 'x-map': '1', 'x-more': 'two' });",
      `reply.type(${random.pick(["'text/html'", "'application/json'", "'text/plain; charset=utf-8'"])});`,
      `request.user = ${random.pick(["{ name: 'ann' }", "'bob'", 'null'])};`,
      "request.trail = (request.trail || []).concat('h');",
      'reply.status(203);',
      "reply.removeHeader('x-step');",
    ],
    0.14,
  );
}

/** Statements that answer. `isAsync`: what is returned is an answer. */
function answer(making: Making, isAsync: boolean): string[] {
  const { random } = making;
  const chain = random.pick([
    '',
    '.code(201)',
    '.code(404)',
    ".header('x-chain', 'c')",
    ".type('text/html')",
  ]);
  const sent = () => `reply${chain}.send(${value(making)})`;
  return random.weighted<() => string[]>([
    [5, () => [isAsync ? `return ${value(making).replace(/^null$/, '{ none: null }')};` : `${sent()};`]],
    [4, () => [isAsync ? `return ${sent()};` : `${sent()};`]],
    [1, () => [`${isAsync ? 'return ' : ''}reply.redirect('/there');`]],
    [1, () => [`${isAsync ? 'return ' : ''}reply.code(204).send();`]],
    [1, () => [`${isAsync ? 'return ' : ''}reply.send(Buffer.from('bytes'));`]],
    [1, () => [`${isAsync ? 'return ' : ''}reply.send(${failure(making)});`]],
    [1, () => [`throw ${failure(making)};`]],
    [1, () => [`${isAsync ? 'return ' : ''}reply.callNotFound();`]],
    [
      2,
      () => [
        `if (request.query.a === '1') {`,
        ...indent([isAsync ? `return ${value(making)} ?? {};` : `return ${sent()};`]),
        '}',
        isAsync ? `return { else: ${value(making)} };` : `${sent()};`,
      ],
    ],
  ])();
}

/** The body of a handler that cannot become Hono's. */
const staying = (making: Making): string[] =>
  making.random.pick([
    [`setTimeout(() => reply.send(${value(making)}), 1);`],
    ["reply.header('x-raw', '1');", "reply.raw.setHeader('x-node', '1');", "reply.send('by raw');"],
    ['reply.hijack();', "reply.raw.end('hijacked');"],
    ['const kept = reply;', `kept.send(${value(making)});`],
  ]);

/** A handler, as an arrow or a function. */
export function handler(making: Making): string {
  const { random } = making;
  const stays = making.mayStay && random.chance(0.2);
  const isAsync = !stays && random.chance(0.6);
  const lines = stays ? staying(making) : [...effects(making), ...answer(making, isAsync)];
  return fn(making, isAsync, '(request, reply)', lines);
}

function fn({ random }: Making, isAsync: boolean, parameters: string, lines: string[]): string {
  const word = isAsync ? 'async ' : '';
  const body = ['{', ...indent(lines), '}'].join('\n');
  return random.chance(0.8) ? `${word}${parameters} => ${body}` : `${word}function ${parameters} ${body}`;
}

/** A hook that runs before handlers. */
export function guard(making: Making): string {
  const { random } = making;
  const stays = making.mayStay && random.chance(0.12);
  if (stays)
    return fn(making, false, '(request, reply, done)', [
      "setTimeout(() => (request.headers['x-user'] === 'none' ? reply.code(403).send('out') : done()), 1);",
    ]);
  const isAsync = random.chance(0.6);
  const stop = random.pick([
    "request.query.a === 'bad'",
    "request.headers['x-flag'] === 'on'",
    "request.method === 'PUT'",
  ]);
  const out = random.pick([
    `return reply.code(401).send({ error: 'out' });`,
    `throw ${failure(making)};`,
    isAsync ? "return reply.send('stopped');" : `return done(${failure(making)});`,
  ]);
  const lines = [...effects(making), ...(random.chance(0.6) ? [`if (${stop}) {`, `  ${out}`, '}'] : [])];
  return fn(making, isAsync, isAsync ? '(request, reply)' : '(request, reply, done)', [
    ...lines,
    ...(isAsync ? [] : ['done();']),
  ]);
}

/** A hook that sees answers as they are sent. */
export function sending(making: Making): string {
  const { random } = making;
  const changes = random.chance(0.4);
  const lines = ["reply.header('x-sent', String(reply.statusCode));"];
  if (!changes) return fn(making, true, '(request, reply)', lines);
  return fn(making, true, '(request, reply, payload)', [
    ...lines,
    "if (typeof payload === 'string' && payload.startsWith('some')) return payload + '!';",
    'return payload;',
  ]);
}

export function errorHandler(making: Making): string {
  const { random } = making;
  const stays = making.mayStay && random.chance(0.1);
  if (stays)
    return fn(making, false, '(error, request, reply)', [
      'setTimeout(() => reply.code(500).send({ later: error.message }), 1);',
    ]);
  const isAsync = random.chance(0.4);
  const lead = isAsync ? 'return ' : '';
  return fn(making, isAsync, '(error, request, reply)', [
    ...random.some(['if (error.validation) return reply.code(422).send({ problems: error.message });'], 0.5),
    random.pick([
      `${lead}reply.code(error.statusCode || 500).send({ failed: error.message });`,
      `${lead}reply.send(error);`,
      `${lead}reply.status(502).type('text/plain').send(error.message);`,
    ]),
  ]);
}
