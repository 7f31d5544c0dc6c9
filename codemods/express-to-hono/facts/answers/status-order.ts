import {
  argumentsOf,
  calleeChain,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork, Unit } from '../../state/conversion.ts';
import { TERMINALS } from '../units.ts';
import { readsStatus } from './answer-state.ts';

/**
 * Whether a status that Express sets before it makes what is sent has to be set first here too, and not with the answer: what is
 * sent tells it, or cannot be made and leaves the status to whatever answers the error.
 *
 * @param status null where it is known only at run time
 */
export function isStatusSeen(
  conversion: Conversion,
  unit: Unit,
  status: number | null,
  sent: readonly SyntaxNode[],
): boolean {
  if (sent.some((value) => readsStatus(conversion, value) || callsWithContext(conversion, unit, value)))
    return true;
  return sent.some((value) => mayThrow(conversion, unit.work, value)) && isStatusLeft(conversion, status);
}

/** A helper that is given the request, or a function of the handler's own, may ask for the status. */
function callsWithContext(conversion: Conversion, unit: Unit, value: SyntaxNode): boolean {
  return findAll(value, 'CallExpression').some((call) => {
    const callee = calleeOf(call);
    const declared = isIdentifier(callee) ? unit.work.bindings.bindingOf(callee)?.declaration : undefined;
    const own = declared && unit.fn.node.start < declared.start && declared.end <= unit.fn.node.end;
    const reached = own ? [declared] : (conversion.calls.get(call) ?? []).map(({ fn }) => fn.node);
    return reached.some((node) => readsStatus(conversion, node));
  });
}

/** Calls of the language that take anything, and methods whose receiver is there in every program that runs. */
const HARMLESS =
  /^(String|Boolean|Number|Date|Array|Map|Set|Error|isArray|now|uptime|isNaN|parseInt|parseFloat)$/;
/** Members of a request or response that are always objects. */
const REQUEST_OBJECTS = /^(params|query|headers|app|socket|connection|locals)$/;

function mayThrow(conversion: Conversion, work: FileWork, value: SyntaxNode): boolean {
  if (findAll(value, 'AwaitExpression', 'YieldExpression', 'TaggedTemplateExpression').length > 0)
    return true;
  const calls = findAll(value, 'CallExpression', 'NewExpression').some((call) => {
    const callee = child(call, 'callee');
    return !HARMLESS.test(callee === null ? '' : (memberName(callee) ?? String(callee.name ?? '')));
  });
  return (
    calls || findAll(value, 'MemberExpression').some((member) => mayBeOfNothing(conversion, work, member))
  );
}

/** `row.name`, where `row` may be undefined. */
function mayBeOfNothing(conversion: Conversion, work: FileWork, member: SyntaxNode): boolean {
  const object = child(member, 'object');
  if (object === null || member.optional === true) return false;
  const inner = unwrap(object);
  if (conversion.roles.has(inner)) return false;
  if (inner.type === 'MemberExpression') {
    const root = child(inner, 'object');
    const role = root === null ? undefined : conversion.roles.get(unwrap(root))?.role;
    const isThere = /^re[qs]$/.test(role ?? '') && REQUEST_OBJECTS.test(memberName(inner) ?? '');
    return !isThere && memberName(inner) !== 'env';
  }
  if (!isIdentifier(inner)) return !/^(ThisExpression|Literal|TemplateLiteral|Super)$/.test(inner.type);
  const binding = work.bindings.bindingOf(inner);
  if (binding === null) return false;
  return !binding.declarations.every((name) => isSurelyThere(conversion, work, name));
}

/** An error in a callback: it was asked for before it is answered. */
const AN_ERROR = /^(e|ex|err|error|reason)$/i;

/** What was caught, a callback's or an error handler's error, an import, and what is made where it is declared. */
function isSurelyThere(conversion: Conversion, work: FileWork, name: SyntaxNode): boolean {
  const up = work.parents.get(name);
  if (up === undefined) return false;
  if (/^(CatchClause|Import\w*Specifier|ClassDeclaration|FunctionDeclaration)$/.test(up.type)) {
    if (up.type !== 'FunctionDeclaration' || child(up, 'id') === name) return true;
  }
  if (up.type === 'VariableDeclarator') {
    const made = child(up, 'init');
    const kind = made === null ? '' : unwrap(made).type;
    if (/^(Object|Array|New|Function|ArrowFunction|Class)Expression$/.test(kind)) return true;
    const callee = made === null ? null : calleeOf(unwrap(made));
    return isIdentifier(callee, 'require') || isIdentifier(callee, 'validationResult');
  }
  if (isFunction(up) && AN_ERROR.test(String(name.name ?? ''))) return true;
  const unit = conversion.units.get(up);
  return unit?.fn.kind === 'error-handler' && children(up, 'params')[0] === name;
}

const known = new WeakMap<Conversion, boolean>();

/** Whether a status that was set before an error is still there when the error is answered. */
function isStatusLeft(conversion: Conversion, status: number | null): boolean {
  const handlers = [...conversion.units.values()].filter(({ fn }) => fn.kind === 'error-handler');
  const isLast =
    handlers.length === 0 || handlers.some(({ uses }) => uses.some(({ role }) => role === 'next'));
  // Express's own page takes a status that tells of an error.
  const hasPage = conversion.idiomatic?.errorPage !== 'left-out';
  if (isLast && hasPage && (status === null || (status >= 400 && status < 600))) return true;
  const found = known.get(conversion) ?? answersWithoutStatus(conversion, handlers);
  known.set(conversion, found);
  return found;
}

function answersWithoutStatus(conversion: Conversion, handlers: readonly Unit[]): boolean {
  if (handlers.some(({ work, fn }) => leavesStatus(conversion, work, fn.node, new Set()))) return true;
  return conversion.program.files.some((file) => {
    const work = conversion.workOf(file);
    const caught = findAll(file.program, 'CallExpression').flatMap((call) => {
      const callee = calleeOf(call);
      const given = argumentsOf(call);
      return memberName(callee) === 'catch' ? given : memberName(callee) === 'then' ? given.slice(1) : [];
    });
    return [...findAll(file.program, 'CatchClause'), ...caught].some((node) =>
      leavesStatus(conversion, work, node, new Set()),
    );
  });
}

/** An answer in it has no status of its own, or it goes by the one that is there. */
function leavesStatus(
  conversion: Conversion,
  work: FileWork,
  region: SyntaxNode,
  seen: Set<SyntaxNode>,
): boolean {
  if (seen.has(region)) return false;
  seen.add(region);
  if (readsWritten(conversion, work, region)) return true;
  const body = child(region, 'body');
  const always =
    body === null ? [] : children(body, 'body').filter(({ type }) => type === 'ExpressionStatement');
  if (always.some((statement) => setsStatus(conversion, child(statement, 'expression')))) return false;
  return findAll(region, 'CallExpression').some((call) => {
    const helpers = conversion.calls.get(call) ?? [];
    if (helpers.some(({ work: at, fn }) => leavesStatus(conversion, at, fn.node, seen))) return true;
    const links = calleeChain(call);
    if (links[0] === undefined || conversion.roles.get(links[0].node)?.role !== 'res') return false;
    const last = links.at(-1)?.name ?? '';
    if (!TERMINALS.has(last) || /^(sendStatus|redirect)$/.test(last)) return false;
    return !links.some(({ name }) => name === 'status' || name === 'writeHead');
  });
}

/** `res.statusCode` is read in it. */
const readsWritten = (conversion: Conversion, work: FileWork, region: SyntaxNode): boolean =>
  findAll(region, 'MemberExpression').some((member) => {
    const object = child(member, 'object');
    if (memberName(member) !== 'statusCode' || object === null) return false;
    const up = work.parents.get(member);
    const isWrite = up?.type === 'AssignmentExpression' && child(up, 'left') === member;
    return !isWrite && conversion.roles.get(unwrap(object))?.role === 'res';
  });

function setsStatus(conversion: Conversion, expression: SyntaxNode | null): boolean {
  if (expression === null) return false;
  if (expression.type === 'AssignmentExpression') {
    const target = child(expression, 'left');
    return target !== null && isMember(target) && memberName(target) === 'statusCode';
  }
  const links = calleeChain(expression);
  const root = links[0];
  const isResponse = root !== undefined && conversion.roles.get(root.node)?.role === 'res';
  return isResponse && links.some(({ name }) => name === 'status' || name === 'writeHead');
}
