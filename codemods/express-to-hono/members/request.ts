import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { importName, parityName } from '../edit/imports.ts';
import { trustOf, trusts } from '../edit/trust.ts';
import { BUILT_IN, isVariable, memberAt, OF_SERVER } from '../facts/request-members.ts';
import { readsKeptParams } from '../facts/routes/kept-params.ts';
import { hasRegexps, REST_NAME } from '../facts/routes/route-paths.ts';
import { isNative } from '../native/decide.ts';
import { readsNamedCookies } from '../native/named-cookies.ts';
import { type Conversion, claim, refuse, replace, spanOf, type Unit } from '../state/conversion.ts';
import { leaveOut } from '../state/left-out.ts';
import { useAppOfRequest } from './app-state.ts';
import { askedType } from './asked-type.ts';
import { bridgedRequest, handsToPackage, isBridged, runsOnContext } from './bridged-request.ts';
import { convertComputed, convertDefined } from './computed-request.ts';
import { inParentheses, isAsked, isNullish, isTakenByName, needsText, written } from './expression-place.ts';
import { honoQuery } from './idiomatic-query.ts';
import { namedCookie } from './named-cookie.ts';
import { ofServer } from './of-server.ts';
import { convertAsObject } from './request-as-object.ts';
import { urlValue } from './request-url.ts';
import { convertWrite } from './request-writes.ts';

/** Where a read of the request stands: the outermost member or call that one rule covers. */
interface Read {
  node: SyntaxNode;
  parts: Part[];
  rule: string;
}

/** Rewrites one use of `req` that is a member: `req.params.id`, `req.get('Host')`, `req.user = user`. */
export function convertRequestUse(conversion: Conversion, unit: Unit, root: SyntaxNode): void {
  const { work } = unit;
  const member = memberAt(work, root);
  if (member === null && convertDefined(conversion, unit, root)) return;
  if (member === null && handsToPackage(conversion, unit, root)) return;
  if (member === null && runsOnContext(conversion, unit, root)) return;
  if (member === null && convertAsObject(conversion, unit, root)) return;
  if (member === null) {
    refuse(conversion, work, root, 'request', 'the request is handed on as a value', unit);
    return;
  }
  const name = memberName(member);
  if (name === null) {
    const why = convertComputed(conversion, unit, root, member, (part) =>
      requestValue(conversion, unit, part),
    );
    if (why !== null) refuse(conversion, work, member, 'request', why, unit);
    return;
  }
  if (isBridged(conversion, unit, name)) {
    claim(conversion, root);
    replace(conversion, work, root, bridgedRequest(conversion, unit), 'request/bridged');
    return;
  }
  if (name === 'app' && useAppOfRequest(conversion, unit, member)) {
    claim(conversion, root);
    return;
  }
  const up = work.parents.get(member);
  if (up?.type === 'AssignmentExpression' && child(up, 'left') === member) {
    convertWrite(conversion, unit, root, member, name, up);
    return;
  }
  if (up?.type === 'UpdateExpression' || (up?.type === 'UnaryExpression' && up.operator === 'delete')) {
    refuse(conversion, work, member, 'request', `\`req.${name}\` is changed in place`, unit);
    return;
  }
  const read = readMember(conversion, unit, member, name);
  if (typeof read === 'string') refuse(conversion, work, member, 'request', read, unit);
  else {
    claim(conversion, root);
    replace(conversion, work, read.node, read.parts, read.rule);
  }
}

/** No proxy is trusted: what Hono tells of the connection is what there is. */
const isUntrusting = (conversion: Conversion): boolean =>
  !trusts(conversion) && isNative(conversion, 'client');

/** Whether `a[b]=1` is an object in the query. */
const isNested = ({ version, settings }: Conversion): boolean =>
  settings.query.some((option) => option.includes('extended')) ||
  (version === 4 && !settings.query.some((option) => option.includes('simple')));

/** What a pattern or a member of the request reads, as an expression; a sentence when there is no rule. */
export function requestValue(conversion: Conversion, unit: Unit, name: string): Part[] | string {
  const { context: c, work } = unit;
  if (isBridged(conversion, unit, name)) return [...bridgedRequest(conversion, unit), `.${name}`];
  const parity = (fn: string, ...args: string[]): Part[] => [
    `${parityName(conversion, work, fn)}(${[c, ...args].join(', ')})`,
  ];
  const trusted = () => trustOf(conversion, work);
  switch (name) {
    case 'params':
      return readsKeptParams(conversion, unit) ? parity('keptParams') : [`${c}.req.param()`];
    case 'query':
      if (conversion.idiomatic !== null && !conversion.rewrites.has('query'))
        return parity(isNested(conversion) ? 'nestedQuery' : 'flatQuery');
      return parity(conversion.rewrites.has('query') ? 'keptQuery' : 'query', ...conversion.settings.query);
    case 'headers':
      // Only Node's server keeps the order in which they were sent.
      if (conversion.idiomatic === null)
        return conversion.options.target === 'node'
          ? parity('allHeaders')
          : '`req.headers` as a whole has its fields in order of their names on this target';
      leaveOut(conversion, work, unit.fn.node, 'header-order');
      return [`${c}.req.header()`];
    case 'method':
      return [`${c}.req.method`];
    case 'originalUrl':
      return parity('originalUrl');
    case 'url':
    case 'path':
    case 'baseUrl':
      return urlValue(conversion, unit, name);
    case 'route':
      return parity('routeOf');
    case 'ip':
      if (isUntrusting(conversion))
        return [
          `${importName(conversion, work, '@hono/node-server/conninfo', 'getConnInfo')}(${c}).remote.address`,
        ];
      return parity('clientIp', ...trusted());
    case 'protocol':
      if (isUntrusting(conversion)) return [`new URL(${c}.req.url).protocol.slice(0, -1)`];
      return parity('protocol', ...trusted());
    case 'hostname':
      if (isUntrusting(conversion))
        return [`${c}.req.header(${work.layout.string('host')})?.replace(/:\\d*$/, '')`];
      return parity('hostname', ...trusted());
    case 'ips':
      return parity('clientIps', ...trusted());
    case 'host':
      return parity(conversion.version === 4 ? 'hostname' : 'host', ...trusted());
    case 'subdomains':
      return parity('subdomains', ...trusted());
    case 'fresh':
      return parity('isFresh');
    case 'stale':
      return ['!', ...parity('isFresh')];
    case 'secure':
      if (isUntrusting(conversion))
        return [`new URL(${c}.req.url).protocol === ${work.layout.string('https:')}`];
      return [...parity('protocol', ...trusted()), ` === ${work.layout.string('https')}`];
    case 'xhr':
      return [`(${c}.req.header('x-requested-with') ?? '').toLowerCase() === 'xmlhttprequest'`];
    default:
      if (OF_SERVER.has(name)) return ofServer(conversion, unit, name);
      if (!isVariable(conversion, name)) return `\`req.${name}\` has no rule`;
      conversion.variables.add(name);
      return [`${c}.get(${work.layout.string(name)})`];
  }
}

function readMember(conversion: Conversion, unit: Unit, member: SyntaxNode, name: string): Read | string {
  const { context: c, work } = unit;
  const up = work.parents.get(member);
  const call = up?.type === 'CallExpression' && calleeOf(up) === member ? up : null;
  if (call !== null) return readCall(conversion, unit, call, name);
  const inner = isMember(up) && child(up, 'object') === member ? up : null;
  const isKept = name === 'params' && readsKeptParams(conversion, unit);
  if (inner !== null && !isKept && (name === 'params' || name === 'headers') && inner.optional !== true) {
    const property = child(inner, 'property');
    const fn = name === 'params' ? 'param' : 'header';
    if (property === null) return `\`req.${name}\` has no rule here`;
    if (written(unit, inner)) return `\`req.${name}\` is changed in place`;
    const key = memberName(inner);
    const isHono = conversion.idiomatic?.routing === 'left-out';
    if (name === 'params' && key !== null && conversion.splats.has(key) && isHono) {
      const read = `${c}.req.param(${work.layout.string(key)})`;
      const text = work.file.typescript ? `(${read} as string)` : read;
      return { node: inner, parts: [`${text}.split(${work.layout.string('/')})`], rule: 'request/splat' };
    }
    if (name === 'params' && key !== null && conversion.splats.has(key)) {
      const read = `${parityName(conversion, work, 'splat')}(${c}, ${work.layout.string(key)})`;
      return {
        node: inner,
        parts: [work.file.typescript ? `(${read} as string[])` : read],
        rule: 'request/splat',
      };
    }
    const named = name === 'params' && isHono && key === '0' ? REST_NAME : key;
    const argument: Part[] = named === null ? [spanOf(property)] : [work.layout.string(named)];
    const cast = name === 'params' && needsText(unit, inner) ? ' as string' : '';
    const parts: Part[] = [`${c}.req.${fn}(`, ...argument, `)${cast}`];
    return {
      node: inner,
      parts: cast === '' ? parts : inParentheses(unit, inner, parts),
      rule: `request/${name}`,
    };
  }
  if (name === 'cookies' && inner !== null && readsNamedCookies(conversion))
    return { node: inner, parts: namedCookie(conversion, unit, inner), rule: 'request/cookies' };
  if (name === 'route' && !(inner === null ? isAsked(unit, member) : memberName(inner) === 'path'))
    return '`req.route` has no rule but for its path';
  if (name === 'route' && inner !== null && hasRegexps(conversion))
    return 'the path of `req.route` may be a regular expression';
  const text = inner === null || name !== 'query' ? null : honoQuery(conversion, unit, inner);
  if (text !== null)
    return {
      node: text.node,
      parts: text.node === inner ? text.parts : inParentheses(unit, text.node, text.parts),
      rule: 'request/query',
    };
  const isByName = name === 'headers' && isTakenByName(unit, member);
  const value = isByName ? [`${c}.req.header()`] : requestValue(conversion, unit, name);
  if (typeof value === 'string') return value;
  if (name === 'params' && [...conversion.splats].length > 0 && inner === null) {
    return 'all parameters are read where one of them is a wildcard';
  }
  const parts = /^(secure|xhr)$/.test(name) ? inParentheses(unit, member, value) : value;
  return { node: member, parts, rule: BUILT_IN.has(name) ? `request/${name}` : 'variables/get' };
}

function readCall(conversion: Conversion, unit: Unit, call: SyntaxNode, name: string): Read | string {
  const { context: c, work } = unit;
  const args = argumentsOf(call);
  const [first] = args;
  if (name === 'get' || name === 'header') {
    if (first === undefined || args.length > 1) return `\`req.${name}\` needs one argument`;
    const key = literalText(first)?.toLowerCase();
    const either = `${c}.req.header(${work.layout.string('referrer')}) ?? ${c}.req.header(${work.layout.string('referer')})`;
    if (key === 'referrer' || key === 'referer') {
      const parts = isNullish(unit, call) ? [either] : [`(${either})`];
      return { node: call, parts, rule: 'request/header' };
    }
    return { node: call, parts: [`${c}.req.header(`, spanOf(first), ')'], rule: 'request/header' };
  }
  if (name === 'range' || /^accepts(Charsets|Encodings|Languages)$/.test(name)) {
    if (args.some((arg) => arg.type === 'SpreadElement')) return `arguments of \`req.${name}\` are spread`;
    const given = args.flatMap((arg): Part[] => [', ', spanOf(arg)]);
    const parts = [`${parityName(conversion, work, name)}(${c}`, ...given, ')'];
    return { node: call, parts, rule: `request/${name}` };
  }
  if (name === 'is' || name === 'accepts') {
    if (args.length > 1) return `\`req.${name}\` with several arguments has no rule`;
    const given = args.flatMap((arg): Part[] => [', ', spanOf(arg)]);
    const asked = name === 'is' ? askedType(conversion, unit, call) : null;
    if (asked !== null) return { node: call, parts: [asked], rule: 'request/is' };
    return {
      node: call,
      parts: [`${parityName(conversion, work, name)}(${c}`, ...given, ')'],
      rule: `request/${name}`,
    };
  }
  if (!isVariable(conversion, name)) return `\`req.${name}()\` has no rule`;
  const callee = calleeOf(call);
  if (callee === null) return `\`req.${name}()\` has no rule`;
  return { node: callee, parts: [`${c}.get(${work.layout.string(name)})`], rule: 'variables/get' };
}
