import {
  argumentsOf,
  child,
  children,
  isCall,
  isMember,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Part, range } from '../../shared/edit/draft.ts';
import { type FileWork, replace, spanOf } from '../../shared/edit/work.ts';
import { isLent, packageFunction } from '../packages/use.ts';
import { type Conversion, problem, type Unit } from '../state.ts';
import { convertArgument, wrapped } from './handed.ts';
import { convertLogged } from './logged.ts';
import { requestMember } from './named.ts';

const RULE = 'request';

/** Rewrites one use of a request. */
export function convertRequest(
  conversion: Conversion,
  work: FileWork,
  unit: Unit,
  use: SyntaxNode,
  c: string,
) {
  const outer = wrapped(work, use);
  const parent = work.parents.get(outer);
  if (isMember(parent) && parent.object === outer) return convertMember(conversion, work, parent, c);
  if (parent?.type === 'VariableDeclarator' && parent.init === outer) {
    const pattern = child(parent, 'id');
    if (pattern?.type === 'ObjectPattern') return convertPattern(conversion, work, parent, pattern, c);
  }
  if (isCall(parent) && parent.callee !== outer)
    return convertArgument(conversion, work, unit, parent, outer, c);
  if (convertLogged(conversion, work, use, `${c}.req.raw`)) return;
  problem(
    conversion,
    work.file,
    use,
    'request/kept',
    'the request is kept or handed on in a way that is not followed',
  );
}

function convertMember(conversion: Conversion, work: FileWork, member: SyntaxNode, c: string) {
  const name = memberName(member);
  const parent = work.parents.get(member);
  if (name === null)
    return problem(
      conversion,
      work.file,
      member,
      'request/computed',
      'which member of the request it reads is computed',
    );
  if (parent?.type === 'AssignmentExpression' && parent.left === member)
    return convertWrite(conversion, work, parent, name, c);
  if (
    parent?.type === 'UpdateExpression' ||
    (parent?.type === 'UnaryExpression' && parent.operator === 'delete')
  )
    return problem(
      conversion,
      work.file,
      member,
      'request/written',
      `\`request.${name}\` is changed in place`,
    );
  if (
    name === 'headers' &&
    !conversion.facts.hasHeaderSchemas &&
    isMember(parent) &&
    parent.object === member
  ) {
    const header = memberName(parent);
    const around = work.parents.get(parent);
    if (header !== null && !(around?.type === 'AssignmentExpression' && around.left === parent))
      return replace(conversion, work, parent, [`${c}.req.header(${work.layout.string(header)})`], RULE);
  }
  if (
    name === 'params' &&
    !conversion.facts.hasParamSchemas &&
    !work.file.typescript &&
    isMember(parent) &&
    parent.object === member
  ) {
    const param = memberName(parent);
    const around = work.parents.get(parent);
    if (param !== null && /^\w+$/.test(param) && around?.type !== 'AssignmentExpression')
      return replace(conversion, work, parent, [`${c}.req.param(${work.layout.string(param)})`], RULE);
  }
  if (isCall(parent) && parent.callee === member) {
    const fn = packageFunction(conversion, work, name);
    if (fn !== null) return writeFunction(conversion, work, parent, fn, c);
  }
  if (name === 'raw' && isMember(parent)) {
    const raw = rawMember(conversion, work, memberName(parent) ?? '', c);
    if (raw !== null) return replace(conversion, work, parent, [raw], RULE);
  }
  const text = requestMember(conversion, work, name, c);
  if (text === null)
    return problem(
      conversion,
      work.file,
      member,
      'request/member',
      `\`request.${name}\` has no counterpart here`,
    );
  const isStart = parent?.type === 'ExpressionStatement';
  replace(conversion, work, member, [isStart ? `void ${text}` : text], RULE);
}

/** `request.jwtVerify(options)` becomes `jwtVerify(c, options)`. */
export function writeFunction(
  conversion: Conversion,
  work: FileWork,
  call: SyntaxNode,
  fn: string,
  c: string,
) {
  const [first] = argumentsOf(call);
  const callee = child(call, 'callee') ?? call;
  const end = first?.start ?? call.end;
  replace(
    conversion,
    work,
    range(call, callee.start, end),
    [first === undefined ? `${fn}(${c})` : `${fn}(${c}, `],
    'package',
  );
}

function rawMember(conversion: Conversion, work: FileWork, name: string, c: string): string | null {
  if (name === 'url' || name === 'method' || name === 'headers')
    return requestMember(conversion, work, name, c);
  return null;
}

function convertWrite(
  conversion: Conversion,
  work: FileWork,
  assignment: SyntaxNode,
  name: string,
  c: string,
) {
  const parent = work.parents.get(assignment);
  const value = child(assignment, 'right');
  const left = child(assignment, 'left');
  const isStatement = parent?.type === 'ExpressionStatement';
  if (isLent(conversion, 'request', name) && left !== null)
    return replace(conversion, work, left, [requestMember(conversion, work, name, c) ?? ''], RULE);
  const part = PARTS[name];
  if (part !== undefined && assignment.operator === '=' && isStatement && value !== null)
    return replace(
      conversion,
      work,
      assignment,
      [`${c}.req.addValidatedData('${part}', `, spanOf(value), ')'],
      RULE,
    );
  if (
    !conversion.facts.requestNames.has(name) ||
    isOwn(name) ||
    assignment.operator !== '=' ||
    !isStatement ||
    value === null
  )
    return problem(
      conversion,
      work.file,
      assignment,
      'request/written',
      `\`request.${name}\` is written here`,
    );
  replace(conversion, work, assignment, [`${c}.set('${name}', `, spanOf(value), ')'], RULE);
}

/** Parts of a request that Hono keeps as validated data, by their names in Fastify. */
const PARTS: Readonly<Record<string, string>> = { params: 'param', query: 'query', body: 'json' };

const OWN = new Set([
  'params',
  'query',
  'body',
  'headers',
  'method',
  'url',
  'id',
  'log',
  'server',
  'ip',
  'raw',
  'hostname',
  'protocol',
]);
const isOwn = (name: string): boolean => OWN.has(name);

/** `const { params, body: given } = request`. */
function convertPattern(
  conversion: Conversion,
  work: FileWork,
  declarator: SyntaxNode,
  pattern: SyntaxNode,
  c: string,
) {
  const declaration = work.parents.get(declarator);
  const parts = patternParts(conversion, work, pattern, c);
  if (parts === null || declaration?.type !== 'VariableDeclaration')
    return problem(
      conversion,
      work.file,
      pattern,
      'request/pattern',
      'what it takes out of the request has no counterpart here',
    );
  const joined = parts.flatMap((each, index): Part[] => (index === 0 ? each : [', ', ...each]));
  replace(conversion, work, range(declarator, declarator.start, declarator.end), joined, RULE);
}

/** `name = …` for each member that a pattern takes. */
export function patternParts(
  conversion: Conversion,
  work: FileWork,
  pattern: SyntaxNode,
  c: string,
): Part[][] | null {
  const found: Part[][] = [];
  for (const property of children(pattern, 'properties')) {
    const name = property.type === 'RestElement' ? null : propertyKeyName(property);
    const target = child(property, 'value');
    const text = name === null ? null : requestMember(conversion, work, name, c);
    if (text === null || target === null || target.type === 'AssignmentPattern') return null;
    found.push([spanOf(target), ` = ${text}`]);
  }
  return found;
}
