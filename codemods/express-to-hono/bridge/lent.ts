import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { BUILT_IN, memberAt, RESERVED_VARIABLES } from '../facts/request-members.ts';
import { memberNames, TERMINALS } from '../facts/units.ts';
import { isParser } from '../native/parsers.ts';
import type { PackageRule } from '../packages/_contract.ts';
import { PACKAGES } from '../packages/_known.ts';
import { NOT_LENT, TO_ANSWER } from '../packages/_option-functions.ts';
import { takesRequest } from '../packages/_takes-request.ts';
import { constantIn } from '../state/constants.ts';
import { type Conversion, type FileWork, handedTo, type Unit } from '../state/conversion.ts';
import { isInListener } from './done-after-next.ts';
import { isUnheardSend } from './unheard-send.ts';

type Use = Unit['uses'][number];

interface Around {
  /** Names that functions behind a bridge put on the request. */
  names: ReadonlySet<string>;
  /** The functions that become Hono's. */
  others: readonly Unit[];
}

/** What Node's own response does behind the bridge as before it. */
const OF_NODE = new Set(
  (
    'setHeader getHeader getHeaders getHeaderNames hasHeader removeHeader writeHead write end flushHeaders ' +
    'statusCode statusMessage headersSent writableEnded finished on once off removeListener socket'
  ).split(' '),
);
/** Reads of headers: behind the bridge some are made when the answer is, which a listener hears of too early. */
const READS_HEADERS = /^(get|getHeaders?|getHeaderNames|hasHeader)$/;
const ASSIGNED = new Set(['statusCode', 'statusMessage']);
/** Methods of Node's request that take nothing of its body. */
const ASKED = new Set(['get', 'header']);
/** What the bridge lends a copy of: what is changed in it is seen by nothing after. */
const COPIES = new Set(['query', 'params', 'headers', 'cookies', 'signedCookies']);
/** A request as a stream: the parsers of the converted application may have read it. */
const STREAM = new Set('read pipe unpipe pause resume setEncoding readable destroy'.split(' '));
/** What reads all of it, where nothing else does. */
const READS_ALL = new Set(['pipe', 'setEncoding', 'pause', 'resume']);
const EVENTS = new Set(['close']);
const EVENTS_OF_BODY = new Set(['close', 'data', 'end', 'error']);

/** Whether a use of an Express value finds behind the bridge what it finds in Express, and leaves nothing that gets lost. */
export function lentUse(whole: Conversion, unit: Unit, { node, role }: Use, around: Around): boolean {
  const { work } = unit;
  const up = work.parents.get(node);
  if (role === 'next') {
    const isCalled = up?.type === 'CallExpression' && calleeOf(up) === node;
    return !isCalled || !/^router?$/.test(literalText(argumentsOf(up)[0]) ?? '');
  }
  const member = memberAt(work, node);
  if (member === null) return isHandedOn(whole, work, node) || (role === 'req' && isTakenApart(work, node));
  return role === 'req'
    ? isLentOfRequest(whole, work, member, around)
    : isLentOfResponse(whole, unit, node, member, around);
}

/** Whether parameters that are patterns read only what is lent. */
export function lentParameters({ fn }: Unit): boolean {
  return parametersOf(fn.node).every((parameter, index) => {
    const pattern = unwrap(parameter);
    if (isIdentifier(pattern) || fn.roles[index] == null || fn.roles[index] === 'err') return true;
    return fn.roles[index] === 'req' && isLentPattern(pattern);
  });
}

const isLentPattern = (pattern: SyntaxNode): boolean =>
  pattern.type === 'ObjectPattern' &&
  children(pattern, 'properties').every((property) => {
    const name = property.type === 'Property' ? propertyKeyName(property) : null;
    return name !== null && !NOT_LENT.req.has(name) && name !== 'app' && !ASKED.has(name);
  });

/** `const { body, user } = req`. */
function isTakenApart(work: FileWork, node: SyntaxNode): boolean {
  const up = work.parents.get(node);
  const pattern = up?.type === 'VariableDeclarator' && child(up, 'init') === node ? child(up, 'id') : null;
  return pattern !== null && isLentPattern(pattern);
}

/** Handed to a function that stays as well, or to the middleware of a package that is known behind a bridge. */
const isHandedOn = (whole: Conversion, work: FileWork, node: SyntaxNode): boolean => {
  const call = handedTo(work, node)?.call;
  return (
    (call !== undefined && whole.calls.has(call)) ||
    bridgedCall(work, node) !== null ||
    takesRequest(work, node) !== null
  );
};

/** `passport.authenticate('jwt', done)(req, res, next)`: what is known of the package whose middleware is called. */
export function bridgedCall(work: FileWork, node: SyntaxNode): PackageRule | null {
  const call = handedTo(work, node)?.call;
  let callee = call === undefined ? null : calleeOf(call);
  // The middleware itself is made by a call, or is a constant that holds one.
  if (isIdentifier(callee)) callee = constantIn(work, callee);
  if (callee?.type !== 'CallExpression') return null;
  let root: SyntaxNode | null = callee;
  while (root !== null && !isIdentifier(root))
    root = root.type === 'CallExpression' ? calleeOf(root) : isMember(root) ? child(root, 'object') : null;
  const binding = root === null ? null : work.bindings.bindingOf(root);
  const found =
    binding === null ? undefined : importsOf(work).find(({ bindings }) => bindings.includes(binding));
  const rule = found === undefined ? undefined : PACKAGES.get(found.module);
  return typeof rule?.bridge === 'object' && Object.keys(rule.bridge).length === 0 ? rule : null;
}

/** Whether no parser of the converted application reads a body: one that a function reads by itself is all its own. */
const isBodyFree = ({ program }: Conversion): boolean =>
  program.inPlace.length === 0 &&
  !packagesOf(program).some((each) => isParser(each) || BODIES.test(each.package));

const BODIES = /^(multer|express-fileupload)$/;

function isLentOfRequest(whole: Conversion, work: FileWork, member: SyntaxNode, { names }: Around): boolean {
  const { bridgedNames, requestNames } = whole;
  const name = memberName(member);
  if (name === null || NOT_LENT.req.has(name) || name === 'app') return false;
  const up = work.parents.get(member);
  const isCalled = up?.type === 'CallExpression' && calleeOf(up) === member;
  const hasBody = isBodyFree(whole);
  if (STREAM.has(name)) return hasBody && isCalled && READS_ALL.has(name);
  const isOwn = !BUILT_IN.has(name) && (!RESERVED_VARIABLES.has(name) || (name === 'body' && hasBody));
  if (up?.type === 'AssignmentExpression' && child(up, 'left') === member) return isOwn;
  if (up?.type === 'UpdateExpression' || (up?.type === 'UnaryExpression' && up.operator === 'delete'))
    return false;
  if (isCalled) {
    if (/^(on|once|off|removeListener)$/.test(name))
      return (hasBody ? EVENTS_OF_BODY : EVENTS).has(literalText(argumentsOf(up)[0]) ?? '');
    return ASKED.has(name) || bridgedNames.has(name) || requestNames.has(name) || names.has(name);
  }
  return !COPIES.has(name) || isOnlyRead(work, member) || setsHeader(work, member);
}

/** `req.headers['x-request-id'] = id`: what comes after is told of it. */
export function setsHeader(work: FileWork, member: SyntaxNode): boolean {
  const header = work.parents.get(member);
  const up = header === undefined ? undefined : work.parents.get(header);
  return (
    memberName(member) === 'headers' &&
    isMember(header) &&
    child(header, 'object') === member &&
    up?.type === 'AssignmentExpression' &&
    up.operator === '=' &&
    child(up, 'left') === header
  );
}

/** A member of it is read, and what it is handed to cannot change it. */
function isOnlyRead(work: FileWork, node: SyntaxNode): boolean {
  const up = work.parents.get(node);
  if (up === undefined || handedTo(work, node) !== null) return false;
  if (!isMember(up) || child(up, 'object') !== node) return true;
  const around = work.parents.get(up);
  const isSet = around?.type === 'AssignmentExpression' && child(around, 'left') === up;
  const isGone = around?.type === 'UnaryExpression' && around.operator === 'delete';
  return !isSet && !isGone && around?.type !== 'UpdateExpression';
}

function isLentOfResponse(
  whole: Conversion,
  unit: Unit,
  node: SyntaxNode,
  member: SyntaxNode,
  { others }: Around,
): boolean {
  const { work } = unit;
  const names = memberNames(work, node);
  const [first = '?', second] = names;
  if (names.some((name) => READS_HEADERS.test(name)) && isInListener(work, node)) return false;
  const up = work.parents.get(member);
  const isSet = up?.type === 'AssignmentExpression' && child(up, 'left') === member;
  if (first === 'locals') return !isSet && second !== undefined && others.every(readsNone(second));
  const isCalled = up?.type === 'CallExpression' && calleeOf(up) === member;
  if (first === 'send' && !isCalled) return isUnheardSend(whole, unit, member);
  if (isSet) return ASSIGNED.has(first);
  if (TO_ANSWER.has(first) && !isCalled) return false;
  if (/^(json|send)$/.test(names.at(-1) ?? '') && argumentsOf(lastCall(work, node)).length > 1) return false;
  return names.every((name, index) => {
    const isLast = index === names.length - 1;
    return (TO_ANSWER.has(name) || OF_NODE.has(name)) && (isLast || !TERMINALS.has(name));
  });
}

/** The last call of a chain on the response. */
function lastCall(work: FileWork, node: SyntaxNode): SyntaxNode {
  let last = node;
  for (let up = work.parents.get(node); up !== undefined; up = work.parents.get(up)) {
    if (up.type === 'CallExpression' && calleeOf(up) === last) last = up;
    else if (isMember(up) && child(up, 'object') === last) last = up;
    else break;
  }
  return last;
}

/** Whether a function leaves a member of `res.locals` alone: views are given all of them. */
const readsNone =
  (name: string) =>
  ({ work, uses }: Unit): boolean =>
    uses.every(({ node, role }) => {
      if (role !== 'res') return true;
      const [first, second] = memberNames(work, node);
      return !memberNames(work, node).includes('render') && (first !== 'locals' || (second ?? name) !== name);
    });
