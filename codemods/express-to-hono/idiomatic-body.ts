import type { PackageArgument } from '../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  field,
  isFunction,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { type Conversion, textOf, type Unit } from './conversion.ts';
import { importName } from './imports.ts';
import { leaveOut } from './left-out.ts';

const PARSERS: Record<string, string> = {
  ...{ json: 'jsonBody', urlencoded: 'urlencodedBody', text: 'textBody', raw: 'rawBody' },
};

/** The parity function that stands for a parser. */
export const parserOf = (member: string): string => PARSERS[member] ?? member;

const UNITS: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Bytes of the `limit` of a parser, 100kb unless given; null when its options say more than that. */
function limitOf({ call, member }: PackageArgument): number | null {
  const options = call === null ? undefined : argumentsOf(call.node)[0];
  let limit = 100 * 1024;
  if (options !== undefined && unwrap(options).type !== 'ObjectExpression') return null;
  let flat = member === 'json';
  for (const property of options === undefined ? [] : children(unwrap(options), 'properties')) {
    const value = child(property, 'value');
    const key = propertyKeyName(property);
    if (key === 'extended' && value !== null && unwrap(value).value === false) flat = true;
    else if (key === 'limit' && value !== null) {
      const given = unwrap(value).value;
      const [, amount = '', size = 'b'] = /^(\d+)\s*(b|kb|mb|gb)?$/i.exec(literalText(value) ?? '') ?? [];
      if (typeof given !== 'number' && amount === '') return null;
      limit = typeof given === 'number' ? given : Number(amount) * (UNITS[size.toLowerCase()] ?? 1);
    } else return null;
  }
  return flat ? limit : null;
}

/** Why the body parsers stay; null when every reader of the body can await it by itself. */
export function bodyReason(conversion: Conversion, parsers: readonly PackageArgument[]): string | null {
  const [only, ...more] = parsers;
  if (only === undefined) return null;
  if (more.length > 0) return 'several parsers: which one reads a body depends on the request';
  if (!/^(json|urlencoded)$/.test(only.member) || limitOf(only) === null)
    return `the options of \`${only.member}\` say how a body is read`;
  for (const { on, method, pathNode, handlers } of conversion.program.registrations) {
    if (!handlers.includes(only)) continue;
    if (on.kind !== 'app' || method !== 'use' || pathNode !== null)
      return 'the parser stands before some routes only';
  }
  for (const unit of conversion.units.values()) {
    const text = textOf(unit.work, unit.fn.node);
    if (unit.fn.kind === 'error-handler' && /\.type\b|entity\./.test(text))
      return 'the error handler looks at the type of the error a parser raises';
    const reason = readerReason(unit);
    if (reason !== null) return reason;
  }
  return null;
}

/** Whether a function reads the body. */
export const readsBody = (unit: Unit): boolean => bodyReads(unit).length > 0 || takesBody(unit);

function bodyReads(unit: Unit): SyntaxNode[] {
  return unit.uses.flatMap(({ node, role }) => {
    const member = unit.work.parents.get(node);
    const reads = role === 'req' && isMember(member) && memberName(member) === 'body';
    return reads ? [member] : [];
  });
}

/** `const { body } = req`, or `({ body }, res) => …`. */
function takesBody(unit: Unit): boolean {
  const patterns = [
    ...children(unit.fn.node, 'params'),
    ...unit.uses.flatMap(({ node, role }) => {
      const up = unit.work.parents.get(node);
      const id = role === 'req' && up?.type === 'VariableDeclarator' ? child(up, 'id') : null;
      return id === null ? [] : [id];
    }),
  ];
  return patterns.some(
    (pattern) =>
      pattern.type === 'ObjectPattern' &&
      children(pattern, 'properties').some((each) => propertyKeyName(each) === 'body'),
  );
}

function readerReason(unit: Unit): string | null {
  if (!readsBody(unit)) return null;
  if (unit.fn.kind !== 'handler')
    return 'a helper or middleware reads the body, which it cannot await for others';
  const changes = unit.fn.uses.every(
    (use) => use.kind === 'registered' && /^(post|put|patch)$/.test(use.registration.method),
  );
  if (!changes) return 'a handler reads the body of requests that may have none';
  if (takesBody(unit) && unit.fn.node.async !== true)
    return 'a handler takes the body out of the request at once';
  for (const member of bodyReads(unit)) {
    let up = unit.work.parents.get(member);
    for (
      let below = member;
      isMember(up) && child(up, 'object') === below;
      below = up, up = unit.work.parents.get(up)
    ) {
      // Each read parses anew, so what is put into the body would be lost.
    }
    const changed =
      up?.type === 'UpdateExpression' ||
      (up?.type === 'UnaryExpression' && field(up, 'operator') === 'delete') ||
      (up?.type === 'AssignmentExpression' && (child(up, 'left')?.start ?? -1) === member.start);
    if (changed) return 'a handler changes the body';
    if (!canAwait(unit, member)) return 'a handler reads the body in a callback, where it cannot be awaited';
  }
  return null;
}

/** The read stands in the handler itself, in a statement that is not wrapped into a promise. */
function canAwait(unit: Unit, member: SyntaxNode): boolean {
  let statement: SyntaxNode | undefined = member;
  while (statement !== undefined && !/Statement$|^VariableDeclaration$/.test(statement.type)) {
    if (isFunction(statement)) break;
    statement = unit.work.parents.get(statement);
  }
  if (statement === undefined) return false;
  for (let up: SyntaxNode | undefined = statement; up !== unit.fn.node; up = unit.work.parents.get(up)) {
    if (up === undefined || isFunction(up)) return false;
  }
  const inner = ['ArrowFunctionExpression', 'FunctionExpression']
    .flatMap((type) => findAll(statement, type))
    .filter((fn) => fn !== unit.fn.node);
  return !unit.uses.some(
    ({ node, role }) => role !== 'req' && inner.some((fn) => fn.start <= node.start && node.end <= fn.end),
  );
}

/** `await c.req.json()`, where the parser is left out; null where it stays. */
export function awaitedBody(conversion: Conversion, unit: Unit): string | null {
  const kind = conversion.idiomatic?.body ?? null;
  if (kind === null) return null;
  return `await ${unit.context}.req.${kind === 'json' ? 'json' : 'parseBody'}()`;
}

/** What stands for the parser once handlers read the body themselves: its limit. */
export function bodyLimit(conversion: Conversion, parser: PackageArgument): string | null {
  const limit = limitOf(parser);
  if (conversion.idiomatic?.body == null || limit === null || parser.call === null) return null;
  const work = conversion.workOf(parser.call.file);
  leaveOut(conversion, work, parser.call.node, 'body');
  const size = limit % 1024 === 0 ? `${limit / 1024} * 1024` : String(limit);
  return `${importName(conversion, work, 'hono/body-limit', 'bodyLimit')}({ maxSize: ${size} })`;
}
