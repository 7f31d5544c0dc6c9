import { body, condition, status, text } from './expressions.ts';
import { type Making, named } from './making.ts';

/** Statements before an answer. */
function statement(making: Making): string {
  const { random } = making;
  return random.weighted<() => string>([
    [
      3,
      () =>
        `ctx.set('X-${random.pick(['A', 'B', 'Seen'])}', ${random.pick(["'1'", "'two'", `\`\${ctx.method}\``])});`,
    ],
    [1, () => `ctx.append('Vary', 'X-${random.pick(['One', 'Two'])}');`],
    [1, () => `ctx.set({ 'X-C': 'c', 'X-D': String(${random.int(9)}) });`],
    [2, () => `ctx.state.${random.pick(['user', 'seen'])} = ${text(making)};`],
    [1, () => `ctx.user = ${text(making)};`],
    [1, () => `const ${named(making, 'value')} = ${text(making)};`],
    [
      1,
      () =>
        `ctx.cookies.set('${random.pick(['a', 'b'])}', ${random.pick(["'1'", "'x y'", 'null'])}${random.pick(['', ', { httpOnly: false }', ", { path: '/a' }"])});`,
    ],
    [1, () => `if (${condition(making)}) ctx.set('X-If', 'yes');`],
    [1, () => `ctx.type = ${random.pick(["'html'", "'text'", "'json'", "'text/plain'", "'xml'"])};`],
    [1, () => `await later(1);`],
    [0.5, () => `ctx.remove('X-A');`],
    [0.5, () => `const { q: ${named(making, 'query')}, page: ${named(making, 'page')} } = ctx.query;`],
  ])();
}

/** What ends a path: an answer, an error, or nothing. */
function ending(making: Making, depth: number): string[] {
  const { random } = making;
  return random.weighted<() => string[]>([
    [5, () => [`ctx.body = ${body(making)};`]],
    [3, () => [`ctx.status = ${status(making)};`, `ctx.body = ${body(making)};`]],
    [1, () => [`ctx.body = ${body(making)};`, `ctx.status = ${status(making)};`]],
    [1, () => [`ctx.status = ${status(making)};`]],
    [1, () => [`ctx.redirect(${random.pick(["'/else'", "'/a?b=c'", `\`/to/\${ctx.query.q}\``])});`]],
    [
      1,
      () => [`ctx.throw(${random.pick(["400, 'bad'", '404', "500, 'hidden'", "403, 'no', { code: 1 }"])});`],
    ],
    [
      0.7,
      () => [
        `throw ${random.pick(["new Error('broken')", "Object.assign(new Error('odd'), { status: 409, expose: true })"])};`,
      ],
    ],
    [0.7, () => [`ctx.assert(${text(making)}, 401, 'who');`, `ctx.body = ${body(making)};`]],
    [0.7, () => []],
    [0.7, () => [`return;`]],
    [0.7, () => [`send(ctx, ${body(making)});`]],
    [depth < 2 ? 2 : 0, () => branches(making, depth)],
    [0.5, () => [`ctx.body = ${body(making)};`, `ctx.set('X-Late', '1');`]],
    [0.5, () => [`ctx.type = 'text/plain';`, `ctx.body = ${body(making)};`]],
  ])();
}

function branches(making: Making, depth: number): string[] {
  const { random } = making;
  const block = () => `{\n${[...some(making, 1), ...ending(making, depth + 1)].join('\n')}\n}`;
  return random.weighted<() => string[]>([
    [3, () => [`if (${condition(making)}) ${block()} else ${block()}`]],
    [
      3,
      () => [
        `if (${condition(making)}) {`,
        ...ending(making, depth + 1),
        'return;',
        '}',
        ...ending(making, depth + 1),
      ],
    ],
    [
      1,
      () => [
        `switch (ctx.query.q) {`,
        `case 'x': ctx.body = ${body(making)}; break;`,
        `default: ctx.status = ${status(making)}; ctx.body = ${body(making)};`,
        '}',
      ],
    ],
    [
      1,
      () => [
        'try {',
        ...ending(making, depth + 1),
        '} catch (error) {',
        `ctx.status = 500;`,
        `ctx.body = { failed: error.message };`,
        '}',
      ],
    ],
  ])();
}

const some = (making: Making, most: number): string[] =>
  Array.from({ length: making.random.int(most + 1) }, () => statement(making));

/** Statements around `await next()`. */
function passing(making: Making): string[] {
  const { random } = making;
  return random.weighted<() => string[]>([
    [3, () => [...some(making, 2), 'await next();']],
    [2, () => [...some(making, 1), 'return next();']],
    [3, () => [`if (${condition(making)}) {`, ...ending(making, 1), 'return;', '}', 'await next();']],
    [1, () => ['await next();', `ctx.set('X-After', String(ctx.status));`]],
    [
      1,
      () => [
        'await next();',
        `if (ctx.status === 404 && !ctx.body) { ctx.status = 404; ctx.body = ${body(making)}; }`,
      ],
    ],
    [1, () => ['await next();', 'if (ctx.body && ctx.body.a) ctx.body = { wrapped: ctx.body };']],
    [
      2,
      () => [
        'try {',
        'await next();',
        '} catch (error) {',
        `ctx.status = error.status || 500;`,
        `ctx.body = { error: error.message };`,
        '}',
      ],
    ],
    [1, () => ['const started = ctx.path;', 'await next();', "ctx.set('X-Path', started);"]],
    [0.5, () => ['await next();', `if (!ctx.body) ctx.body = ${body(making)};`]],
  ])();
}

/** The text of a function that is registered; now and then by a name. */
export function handler(making: Making, isMiddleware: boolean): string {
  const { random } = making;
  const lines = isMiddleware ? passing(making) : [...some(making, 2), ...ending(making, 0)];
  const params = isMiddleware ? 'ctx, next' : random.chance(0.2) ? 'ctx, next' : 'ctx';
  const text = `async (${params}) => {\n${lines.join('\n')}\n}`;
  if (!random.chance(0.3)) return text;
  const name = named(making, isMiddleware ? 'guard' : 'show');
  making.head.push(
    random.chance(0.5)
      ? `async function ${name}(${params}) {\n${lines.join('\n')}\n}`
      : `const ${name} = ${text};`,
  );
  return name;
}
