import { any, data, fault, text } from './expressions.ts';
import type { Making, Scope } from './making.ts';

/** Header values must be visible ASCII: what a client sends is encoded. */
const headerValue = (making: Making, scope: Scope): string =>
  making.random.chance(0.5)
    ? making.random.pick(["'one'", "'a, b'", "'max-age=5'", "'W'"])
    : `encodeURIComponent(${text(making, scope)})`;

const STATUS = [200, 201, 202, 203, 204, 304, 400, 401, 403, 404, 409, 418, 422, 500, 503];

/** A statement that changes the answer, or what later handlers see, and answers nothing. */
export function effect(making: Making, scope: Scope): string {
  const { random } = making;
  const { req, res } = scope;
  const custom = (object: string, name: string) =>
    making.style.typescript && object === req ? `(${object} as any).${name}` : `${object}.${name}`;
  const name = random.pick(["'X-Step'", "'x-other'", "'Cache-Control'", "'X-Step'"]);
  return random.weighted<() => string>([
    [5, () => `${res}.status(${random.pick(STATUS)});`],
    [1, () => `${res}.statusCode = ${random.pick(STATUS)};`],
    [5, () => `${res}.set(${name}, ${headerValue(making, scope)});`],
    [2, () => `${res}.set({ 'X-Map': ${headerValue(making, scope)}, 'X-More': '2' });`],
    [1, () => `${res}.header(${name}, ${headerValue(making, scope)});`],
    [
      1,
      () => `${res}.setHeader(${name}, ${random.chance(0.3) ? "['a', 'b']" : headerValue(making, scope)});`,
    ],
    [2, () => `${res}.append('X-List', ${random.chance(0.3) ? "['p', 'q']" : headerValue(making, scope)});`],
    [1, () => `${res}.removeHeader(${name});`],
    [
      3,
      () =>
        `${res}.cookie('${random.pick(['sid', 'theme'])}', ${text(making, scope)}${cookieOptions(making)});`,
    ],
    [1, () => `${res}.cookie('data', { a: 1 });`],
    [1, () => `${res}.clearCookie('sid'${random.chance(0.4) ? ", { path: '/x' }" : ''});`],
    [2, () => `${res}.type(${random.pick(["'json'", "'html'", "'text/plain'", "'.png'", "'txt'"])});`],
    [1, () => `${res}.contentType('xml');`],
    [1, () => `${res}.vary('${random.pick(['Accept', 'Origin', 'X-Flag'])}');`],
    [1, () => `${res}.links({ next: 'http://localhost/2', last: '/9' });`],
    [1, () => `${res}.location(${random.pick(["'/there'", "'http://localhost/ü'", "'../up'"])});`],
    [0.7, () => `${res}.attachment(${random.pick(["'a.txt'", '', "'a b.json'"])});`],
    [4, () => `${res}.locals.user = ${any(making, scope)};`],
    [2, () => `${res}.locals.trail = [...(${res}.locals.trail || []), '${random.pick(['p', 'q', 'r'])}'];`],
    [1, () => `Object.assign(${res}.locals, { extra: ${any(making, scope)} });`],
    [4, () => `${custom(req, 'user')} = ${any(making, scope)};`],
    [
      2,
      () => `${custom(req, 'trail')} = (${custom(req, 'trail')} || []).concat('${random.pick(['s', 't'])}');`,
    ],
    [2, () => `stamp(${res}, '${random.pick(['one', 'two'])}');`],
    [1, () => `store.hits += 1;`],
  ])();
}

function cookieOptions({ random }: Making): string {
  return random
    .pick([
      '',
      '',
      ', { httpOnly: true }',
      ", { path: '/x', sameSite: 'lax' }",
      ', { maxAge: 0, secure: true }',
      ", { domain: 'example.test', encode: String }",
    ])
    .replace(', encode: String', random.chance(0.5) ? '' : ", priority: 'high'");
}

/** What `res.send` is given. */
function sendable(making: Making, scope: Scope): string {
  const { random } = making;
  return random.weighted<() => string>([
    [6, () => text(making, scope)],
    [4, () => data(making, scope)],
    [2, () => any(making, scope)],
    [1, () => "Buffer.from('raw bytes')"],
    [1, () => random.pick(['true', 'null', '', 'undefined', '[]', '{}'])],
    [1, () => `'<p>' + ${text(making, scope)} + '</p>'`],
    [making.style.express === 5 ? 0.5 : 0, () => 'new Uint8Array([104, 105])'],
  ])();
}

/** A chain of calls on `res` that answers, as an expression. */
export function answer(making: Making, scope: Scope): string {
  const { random } = making;
  const { res } = scope;
  const status = random.chance(0.3) ? `.status(${random.pick(STATUS)})` : '';
  const header = random.chance(0.12) ? `.set('X-Chain', ${headerValue(making, scope)})` : '';
  const type = random.chance(0.08) ? `.type(${random.pick(["'txt'", "'html'", "'application/xml'"])})` : '';
  const chain = `${res}${status}${header}`;
  return random.weighted<() => string>([
    [12, () => `${chain}.json(${data(making, scope)})`],
    [9, () => `${chain}${type}.send(${sendable(making, scope)})`],
    [2, () => `${res}.sendStatus(${random.pick(STATUS)})`],
    [2, () => `${chain}.end()`],
    [1.5, () => `${chain}.end(${text(making, scope)})`],
    [3, () => `${res}.redirect(${redirection(making, scope)})`],
    [1.5, () => `${chain}.jsonp(${data(making, scope)})`],
    [3, () => `sendOk(${res}, ${data(making, scope)})`],
    [1, () => `sendOk(${res}, ${any(making, scope)}, 201)`],
    [2, () => `failWith(${res}, ${random.pick([400, 404, 500])}, ${text(making, scope)})`],
    [1, () => `respondWith(${scope.req}, ${res})`],
    [2, () => `${res}.format(${formats(making, scope)})`],
    [
      0.5,
      () =>
        `${res}.writeHead(${random.pick(STATUS.filter((each) => each !== 304))}, { 'X-Head': 'h' }).end('w')`,
    ],
  ])();
}

function redirection(making: Making, scope: Scope): string {
  const { random, style } = making;
  const where = random.weighted<() => string>([
    [4, () => random.pick(["'/items'", "'../up'", "'http://localhost/x?y=1'", "'/ü <b>'", "'?a=1'"])],
    [2, () => `${scope.req}.baseUrl + '/next'`],
    [2, () => `'/to/' + encodeURIComponent(${text(making, scope)})`],
    [1, () => `${scope.req}.originalUrl`],
    [style.express === 4 ? 1 : 0, () => "'back'"],
  ])();
  return random.chance(0.3) ? `${random.pick([301, 303, 307, 308])}, ${where}` : where;
}

function formats(making: Making, scope: Scope): string {
  const { random } = making;
  const { res } = scope;
  const forms = [
    `text: () => ${res}.send('as text')`,
    `html() { ${res}.send(${text(making, scope)}); }`,
    `json: () => { ${res}.json(${data(making, scope)}); }`,
    `'application/xml': () => ${res}.send('<x/>')`,
    `default: () => ${res}.status(406).send('none')`,
  ];
  const chosen = random.some(forms, 0.6);
  return `{ ${(chosen.length > 0 ? chosen : forms.slice(0, 2)).join(', ')} }`;
}

/** Handing on: the rest of the routes, or an error. */
export function handOn(making: Making, scope: Scope, next: string): string {
  const { random } = making;
  return random.weighted<() => string>([
    [6, () => `${next}()`],
    [4, () => `${next}(${fault(making, scope)})`],
    [1.2, () => `${next}('route')`],
    [0.4, () => `${next}('router')`],
    [0.3, () => `${next}(null)`],
  ])();
}
