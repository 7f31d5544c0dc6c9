import {
  argumentsOf,
  calleeChain,
  calleeOf,
  child,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Part, range } from '../../shared/edit/draft.ts';
import { deleteStatement, replaceStatement } from '../../shared/edit/emit.ts';
import { parityName } from '../edit/imports.ts';
import { wholeChain } from '../facts/answers/chains.ts';
import { isFinalized, WRITE_OPTIONS } from '../facts/answers/stream-operations.ts';
import { isVariable } from '../facts/request-members.ts';
import { readsNamedCookies } from '../native/named-cookies.ts';
import {
  type Conversion,
  claim,
  refuse,
  replace,
  spanOf,
  type Unit,
  withCasts,
} from '../state/conversion.ts';
import { useAppOfRequest } from './app-state.ts';
import { isBridged } from './bridged-request.ts';
import { convertLocals } from './locals.ts';
import { convertPattern } from './patterns.ts';
import { convertRequestUse, requestValue } from './request.ts';
import { readResponse, responseLinks } from './response.ts';
import { convertResponseVariable } from './response-variables.ts';
import { mayBeText, statusParts } from './status.ts';
import { hoistReads } from './variables.ts';

/** Rewrites every use of `req`, `res` and `next` that was no part of an answer; what has no rule is refused. */
export function convertUses(conversion: Conversion, unit: Unit) {
  const { work } = unit;
  for (const statement of unit.idle) {
    const ended = statement.type === 'ReturnStatement' ? child(statement, 'argument') : null;
    if (ended === null) deleteStatement(conversion, work, statement, 'roles/idle');
    else replace(conversion, work, range(statement, statement.start, ended.end), ['return'], 'roles/idle');
  }
  hoistReads(
    conversion,
    unit,
    (name) =>
      isVariable(conversion, name) &&
      !isBridged(conversion, unit, name) &&
      !(name === 'cookies' && readsNamedCookies(conversion)),
  );
  for (const { node, role } of unit.uses) {
    if (conversion.claimed.has(node)) continue;
    const { value, up: declarator } = withCasts(work, node);
    if (declarator?.type === 'VariableDeclarator' && child(declarator, 'init') === value) {
      const pattern = child(declarator, 'id');
      if (role === 'req' && pattern?.type === 'ObjectPattern') {
        claim(conversion, node);
        convertPattern(conversion, unit, declarator, (name) => requestValue(conversion, unit, name));
        continue;
      }
    }
    if (role === 'req') convertRequestUse(conversion, unit, node);
    else if (role === 'res') convertResponseUse(conversion, unit, node);
    else refuse(conversion, work, node, 'middleware/next', '`next` is handed on as a value', unit);
  }
}

/** Headers that the outermost functions make of the response: what stands after `next()` would not see them. */
const MADE_LAST = /^(content-length|content-type|etag|transfer-encoding)$/i;

function convertResponseUse(conversion: Conversion, unit: Unit, root: SyntaxNode) {
  const { work, context: c } = unit;
  const member = work.parents.get(root);
  const give = (reason: string) => refuse(conversion, work, root, 'response', reason, unit);
  if (!isMember(member) || child(member, 'object') !== root)
    return give('the response is handed on as a value');
  if (convertResponseVariable(conversion, unit, root, member)) return;
  const name = memberName(member);
  if (unit.handle === 'stream' && name === 'write') {
    const call = work.parents.get(member);
    if (call === undefined || argumentsOf(call).length !== 1) return give(WRITE_OPTIONS);
    claim(conversion, root);
    return replace(conversion, work, root, [c], 'streaming/write');
  }
  const up = work.parents.get(member);
  if (name === 'locals') return convertLocals(conversion, unit, root, member);
  if (name === 'app') {
    if (!useAppOfRequest(conversion, unit, member)) return give('`res.app` has no rule here');
    return claim(conversion, root);
  }
  if (name === 'statusCode') {
    if (up?.type === 'AssignmentExpression' && child(up, 'left') === member) {
      const value = child(up, 'right');
      if (up.operator !== '=' || value === null || work.parents.get(up)?.type !== 'ExpressionStatement') {
        return give('this assignment to `res.statusCode` has no rule');
      }
      if (mayBeText(conversion, work, value)) return give('a text as `res.statusCode` has no rule');
      claim(conversion, root);
      return replace(
        conversion,
        work,
        up,
        [`${c}.status(`, ...statusParts(conversion, unit, value, false), ')'],
        'response/status',
      );
    }
    claim(conversion, root);
    const after = conversion.afterResponse.some((node) => node.start <= root.start && root.end <= node.end);
    const read = after ? `${c}.res.status` : `${parityName(conversion, work, 'currentStatus')}(${c})`;
    return replace(conversion, work, member, [read], 'response/status-code');
  }
  if (name === 'headersSent' && isFinalized(unit, root)) {
    claim(conversion, root);
    return replace(conversion, work, member, [`${c}.finalized`], 'response/headers-sent');
  }
  const chain = wholeChain(unit, member);
  const links = responseLinks(conversion, chain);
  if (links === null) return give(`\`res.${name ?? '[…]'}\` has no rule here`);
  if ((name === 'get' || name === 'getHeader') && links.links.length === 2) {
    const [key] = argumentsOf(chain);
    const after = conversion.afterResponse.some((node) => node.start <= root.start && root.end <= node.end);
    if (after && MADE_LAST.test(literalText(key) ?? 'etag'))
      return give(`\`res.${name}\` of a header that is made last has no rule in a listener`);
    if (key === undefined || (!after && mayBeNumber(conversion, key)))
      return give(`\`res.${name}\` before the response is there has no rule`);
    claim(conversion, root);
    const read: Part[] = after
      ? [`${c}.res.headers.get(`, spanOf(key), ')']
      : [`${parityName(conversion, work, 'responseHeader')}(${c}, `, spanOf(key), ')'];
    return replace(conversion, work, chain, read, 'response/get');
  }
  const statement = statementOf(unit, chain);
  const response = readResponse(conversion, chain);
  if (response === null) return;
  if (response.value !== null) return give('the request is answered where its flow could not be followed');
  if (statement !== null)
    return replaceStatement(conversion, work, statement, response.before, response.rule);
  const [only, ...more] = response.before;
  if (only === undefined || more.length > 0 || !isValueUnused(unit, chain)) {
    return give('several headers are written inside an expression');
  }
  replace(conversion, work, chain, only, response.rule);
}

/** Fields of which no value is a number by their grammar. Source: RFC 9110, RFC 9111, CSP 3, RFC 7034, RFC 8288. */
const NEVER_A_NUMBER =
  /^(content-(type|disposition|language|location|security-policy)|cache-control|link|location|vary|x-frame-options)$/;

/** `res.setHeader('X-Count', 5)`: Node gives back the number, a `Headers` object its text. */
function mayBeNumber(conversion: Conversion, key: SyntaxNode): boolean {
  const name = literalText(key)?.toLowerCase();
  if (name !== undefined && NEVER_A_NUMBER.test(name)) return false;
  return [...conversion.units.values()].some((unit) =>
    unit.uses.some(({ node, role }) => {
      if (role !== 'res') return false;
      return calleeChain(wholeChain(unit, node)).some((link) => {
        const [header, value] = link.call === null ? [] : argumentsOf(link.call);
        if (link.name !== 'setHeader' || header === undefined || value === undefined) return false;
        const other = literalText(header)?.toLowerCase();
        const isText = literalText(value) !== null || unwrap(value).type === 'TemplateLiteral';
        return !isText && (name === undefined || other === undefined || other === name);
      });
    }),
  );
}

function statementOf(unit: Unit, expression: SyntaxNode): SyntaxNode | null {
  const up = unit.work.parents.get(expression);
  return up?.type === 'ExpressionStatement' ? up : null;
}

/** The right side of `a && …` or a branch of `a ? … : …` that stands as a statement, or the callback of `forEach`. */
function isValueUnused(unit: Unit, expression: SyntaxNode): boolean {
  const up = unit.work.parents.get(expression);
  if (up === undefined) return false;
  if (up.type === 'ExpressionStatement') return true;
  if (up.type === 'LogicalExpression' && child(up, 'right') === expression) return isValueUnused(unit, up);
  if (up.type === 'ConditionalExpression' && child(up, 'test') !== expression) return isValueUnused(unit, up);
  if (up.type !== 'ArrowFunctionExpression') return false;
  const call = unit.work.parents.get(up);
  return call?.type === 'CallExpression' && memberName(calleeOf(call)) === 'forEach';
}
