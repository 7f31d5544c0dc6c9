import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { around, memberOn } from '../body/context-use.ts';
import { leaveOut, want } from '../state/conversion.ts';
import type { Replacement, Rule, Use } from './contract.ts';

/** `ctx.query.page` by `one`, `ctx.query` as a whole by `all`. */
const byName =
  (one: string, all: string | null, note?: string): Rule =>
  (use) => {
    const { cv, work, c, node } = use;
    const inner = memberOn(work, node);
    const isWritten = inner !== null && isTarget(use, inner.node);
    if (isTarget(use, node) || isWritten) return 'it is written to';
    if (inner === null && all === 'req.param()' && !cv.beside)
      return { node, parts: [`${want(cv, work, 'support', 'paramsOf')}(${c})`] };
    if (inner === null && all === 'req.query()') return { node, parts: [queryIn(use)] };
    if (note !== undefined) leaveOut(cv, work.file, node, note);
    if (inner === null) return all === null ? 'it is used as a whole' : { node, parts: [`${c}.${all}`] };
    if (inner.name !== null)
      return { node: inner.node, parts: [`${c}.${one}(${work.layout.string(inner.name)})`] };
    const computed = child(inner.node, 'property');
    return computed === null
      ? 'a part of it is computed'
      : { node: inner.node, parts: [`${c}.${one}(`, spanOf(computed), ')'] };
  };

/** The query as an object, in which a parameter that is sent several times is a list. */
export const queryIn = ({ cv, work, c }: Pick<Use, 'cv' | 'work' | 'c'>): string =>
  cv.beside ? `${c}.req.query()` : `${want(cv, work, 'support', 'queryOf')}(${c})`;

/** Whether an expression is assigned to, deleted or counted up. */
export function isTarget({ work }: Use, node: Use['node']): boolean {
  const { node: at, parent } = around(work, node);
  if (parent?.type === 'AssignmentExpression') return child(parent, 'left') === at;
  return (
    parent?.type === 'UpdateExpression' ||
    (parent?.type === 'UnaryExpression' && parent.operator === 'delete')
  );
}

const reads =
  (text: (c: string) => string): Rule =>
  (use) =>
    isTarget(use, use.node) ? 'it is written to' : { node: use.node, parts: [text(use.c)] };

const supported =
  (name: string): Rule =>
  (use) =>
    isTarget(use, use.node)
      ? 'it is written to'
      : { node: use.node, parts: [`${want(use.cv, use.work, 'support', name)}(${use.c})`] };

/** Whether only the truth of an expression is asked for. */
function isTested({ work }: Use, node: Use['node']): boolean {
  const { node: at, parent } = around(work, node);
  if (parent?.type === 'UnaryExpression') return parent.operator === '!';
  return (
    (parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') &&
    child(parent, 'test') === at
  );
}

/** `ctx.get('X')`: Koa gives an empty text where there is none. */
function header(use: Use): Replacement | string {
  const { node: at, parent } = around(use.work, use.node);
  const call = isCall(parent) && calleeOf(parent) === at ? parent : null;
  const [name, ...more] = call === null ? [] : argumentsOf(call);
  if (call === null || name === undefined || more.length > 0) return 'it is not called with one name';
  if (/^referr?er$/i.test(literalText(name) ?? '')) return 'Koa reads both spellings of that header';
  const read = [`${use.c}.req.header(`, spanOf(name), ')'];
  return { node: call, parts: isTested(use, call) ? read : ['(', ...read, " ?? '')"] };
}

function cookie(use: Use): Replacement | string {
  const get = memberOn(use.work, use.node);
  const { node: at, parent } = around(use.work, get?.node ?? use.node);
  if (get === null || !isCall(parent) || calleeOf(parent) !== at) return 'it is not called';
  const args = argumentsOf(parent);
  if (get.name !== 'get' && get.name !== 'set') return 'it is used otherwise than by `get` and `set`';
  if (use.cv.signs && args[get.name === 'get' ? 1 : 2] !== undefined) return signedCookie(use, parent, args);
  if (get.name === 'get' && args.length !== 1) return 'it is read with options';
  const options = get.name === 'set' && args[2] !== undefined ? unwrap(args[2]) : null;
  const isPlain =
    options === null ||
    (options.type === 'ObjectExpression' &&
      children(options, 'properties').every((each) =>
        /^(maxAge|expires|path|domain|httpOnly|sameSite)$/.test(propertyKeyName(each) ?? ''),
      ));
  if (!isPlain || args.length > 3) return 'an option of it has no rule';
  const name = want(use.cv, use.work, 'support', get.name === 'get' ? 'getCookie' : 'setCookie');
  return {
    node: parent,
    parts: [
      `${name}(${use.c}, `,
      ...args.flatMap((arg, index) => [...(index > 0 ? [', '] : []), spanOf(arg)]),
      ')',
    ],
  };
}

const SIGNED = /^(?:maxAge|expires|path|domain|httpOnly|sameSite|secure|signed|overwrite)$/;

/** Where keys are there, a cookie that is read or set with options is signed unless they say no. */
function signedCookie(
  { cv, work, c }: Use,
  call: Use['node'],
  args: readonly Use['node'][],
): Replacement | string {
  const options = unwrap(args.at(-1) as Use['node']);
  const names =
    options.type === 'ObjectExpression' ? children(options, 'properties').map(propertyKeyName) : [null];
  if (args.length > 3 || names.some((name) => name === null || !SIGNED.test(name)))
    return 'an option of it has no rule';
  const name = want(cv, work, 'support', args.length === 2 ? 'getSignedCookie' : 'setSignedCookie');
  return { node: call, parts: [`${name}(${c}`, ...args.flatMap((arg) => [', ', spanOf(arg)]), ')'] };
}

const body: Rule = (use) => {
  if (!use.cv.parsesBodies) return 'no body parser that could be followed gives it';
  const inner = memberOn(use.work, use.node);
  if (isTarget(use, use.node)) return 'it is written to';
  if (inner !== null && isTarget(use, inner.node)) return { node: use.node, parts: [`${use.c}.get('body')`] };
  return { node: use.node, parts: [`${use.c}.get(${use.work.layout.string('body')})`] };
};

/** What is read of Node's request (`ctx.req.headers.accept`), as what it is of Koa's. */
const NODES: Readonly<Record<string, string>> = { method: 'method', headers: 'headers', url: 'url' };

/** `ctx.req.method`. */
function ofNode(use: Use): Replacement | string {
  const inner = memberOn(use.work, use.node);
  const name = inner?.name == null ? undefined : NODES[inner.name];
  const rule = name === undefined ? undefined : READS[`request.${name}`];
  return inner === null || rule === undefined
    ? 'it is Node’s own, which Hono has not'
    : rule({ ...use, node: inner.node });
}

/** What a member of the request becomes where it is read. Behaviour by behaviour: koa 2.16 and 3.3, lib/request.js. */
export const READS: Readonly<Record<string, Rule>> = {
  'request.query': byName('req.query', 'req.query()', 'query-lists'),
  'ctx.params': byName('req.param', 'req.param()'),
  'request.params': byName('req.param', 'req.param()'),
  'request.header': byName('req.header', 'req.header()'),
  'request.headers': byName('req.header', 'req.header()'),
  'request.get': header,
  'request.body': body,
  'request.method': reads((c) => `${c}.req.method`),
  'request.path': reads((c) => `new URL(${c}.req.url).pathname`),
  'request.href': reads((c) => `${c}.req.url`),
  'request.origin': reads((c) => `new URL(${c}.req.url).origin`),
  'request.search': reads((c) => `new URL(${c}.req.url).search`),
  'request.querystring': reads((c) => `new URL(${c}.req.url).search.slice(1)`),
  'request.URL': reads((c) => `new URL(${c}.req.url)`),
  'request.host': reads((c) => `new URL(${c}.req.url).host`),
  'request.url': supported('pathAndQuery'),
  'request.originalUrl': supported('pathAndQuery'),
  'request.ip': supported('clientIp'),
  'ctx.cookies': cookie,
  'ctx.req': ofNode,
};
