import type { ExpressFunction, Role } from '../../../src/workspace/express/program.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, handedTo, refuse, type Unit } from '../state/conversion.ts';
import { idleEnd } from './answers/idle-ends.ts';
import { idleNext } from './answers/idle-next.ts';
import { isOfReplaced } from './answers/replaced-answers.ts';
import { setsTypeHeader } from './answers/type-headers.ts';
import { typeOfName } from './answers/types-of-names.ts';
import { idleNaming, renamedBy } from './renamed-values.ts';
import { noteHandedInside } from './taken-out.ts';

/** Members of `res` that end the response. */
export const TERMINALS = new Set(
  'json jsonp send sendStatus sendFile sendfile download render redirect end format'.split(' '),
);
/** Members of `res` that start to stream it. */
export const STREAMING = new Set(['write', 'flushHeaders']);
export const TYPE_SETTERS = new Set(['type', 'contentType', 'attachment', 'format']);

/** Finds every use of an Express value in every function, and which calls reach which functions. */
export function collectUnits(conversion: Conversion): void {
  for (const fn of conversion.program.functions) {
    createUnit(conversion, fn);
  }
  for (const unit of conversion.units.values()) {
    for (const use of unit.fn.uses) {
      if (use.kind !== 'called') continue;
      conversion.calls.set(use.call, [...(conversion.calls.get(use.call) ?? []), unit]);
    }
  }
  noteHandedInside(conversion);
  for (const unit of conversion.units.values()) {
    const own = unit.uses.filter(({ role }) => role === 'res' || role === 'req');
    const writes = own.filter(({ node, role }) => role === 'res' && isWrite(unit.work, node));
    if (unit.fn.takenOut.length > 0) continue;
    if (unit.fn.kind === 'helper' && writes.length > 0 && writes.length === own.length) {
      unit.handle = 'stream';
      unit.context = freshName(unit.work.bindings.scopeOf(unit.fn.node), 'stream');
    }
  }
}

function isWrite(work: FileWork, node: SyntaxNode): boolean {
  const member = work.parents.get(node);
  return isMember(member) && memberName(member) === 'write';
}

function createUnit(conversion: Conversion, fn: ExpressFunction): void {
  const work = conversion.workOf(fn.file);
  const scope = work.bindings.scopeOf(fn.node);
  const params = parametersOf(fn.node);
  const roleNames = new Set<string>();
  const unit: Unit = {
    fn,
    work,
    context: 'c',
    next: null,
    uses: [],
    idle: [],
    answering: new Set(),
    setsType: false,
    setsOwnType: false,
    goesOn: false,
    handle: 'context',
    ofExpress: null,
  };
  conversion.units.set(fn.node, unit);
  const owned: [SyntaxNode, Role][] = params.flatMap((param, position): [SyntaxNode, Role][] => {
    const role = fn.roles[position] ?? null;
    return role === null ? [] : [[patternTarget(param), role]];
  });
  for (const { target, role } of fn.takenOut) owned.push([target, role]);
  for (const [target, role] of owned) {
    if (!isIdentifier(target)) continue;
    const binding = work.bindings.bindingOf(target);
    if (binding === null) continue;
    roleNames.add(binding.name);
    if (role === 'next') unit.next = binding.name;
    for (const reference of binding.references) {
      if (reference.type) continue;
      if (reference.write && role !== 'err' && role !== 'value') {
        refuse(
          conversion,
          work,
          reference.node,
          'roles',
          `\`${binding.name}\` is assigned a new value`,
          unit,
        );
      }
      if (role === 'err' || role === 'value' || role === 'name') continue;
      addUse(conversion, unit, reference.node, role);
    }
    if (role !== 'err' && work.bindings.isDynamic(target)) {
      refuse(conversion, work, target, 'roles', '`eval` or `with` can reach the request and response', unit);
    }
  }
  const free = (name: string) => freshName(scope, name) === name || roleNames.has(name);
  unit.context = free('c') ? 'c' : free('ctx') ? 'ctx' : freshName(scope, 'context');
}

/** Notes where a value of Express is used; where that only gives it another name, the uses of that name. */
function addUse(conversion: Conversion, unit: Unit, node: SyntaxNode, role: Role): void {
  const idle =
    idleNaming(unit.work, node) ??
    (role === 'res' ? idleEnd(unit.work, node) : null) ??
    (role === 'next' ? idleNext(conversion, unit, node) : null);
  if (idle !== null) {
    unit.idle.push(idle);
    return;
  }
  const renamed = role === 'next' ? null : renamedBy(unit.work, node);
  if (renamed === null) {
    unit.uses.push({ node, role });
    conversion.roles.set(node, { role, unit });
    return;
  }
  unit.idle.push(renamed.statement);
  for (const reference of renamed.references) addUse(conversion, unit, reference, role);
}

/** Marks the nodes between a function and each use of `res` and `next` that may answer the request. */
export function markAnswers(conversion: Conversion): void {
  let staysSet = false;
  for (const unit of conversion.units.values()) {
    if (unit.handle === 'stream') continue;
    for (const { node, role } of unit.uses) {
      const names = memberNames(unit.work, node);
      if (
        role === 'res' &&
        (names.some((name) => TYPE_SETTERS.has(name)) || setsTypeHeader(unit.work, node))
      ) {
        unit.setsType = true;
        // `res.attachment()` sets none without a name, or for a name that has no extension.
        const isSure =
          !names.includes('attachment') || (conversion.idiomatic !== null && namesType(unit, node));
        unit.setsOwnType ||= isSure && isAlwaysCalled(unit, node);
        staysSet ||= !names.some((name) => TERMINALS.has(name));
      }
      if (isOfReplaced(conversion, node) || !mayAnswer(conversion, unit, node, role, names)) continue;
      for (
        let up: SyntaxNode | undefined = node;
        up !== undefined && up !== unit.fn.node;
        up = unit.work.parents.get(up)
      ) {
        unit.answering.add(up);
      }
    }
  }
  // What fails after it set a type leaves the type to the error handlers; `--parity idiomatic` leaves that out.
  if (!staysSet || conversion.idiomatic !== null) return;
  for (const unit of conversion.units.values())
    if (unit.fn.kind === 'error-handler' || isHelperThatAnswers(unit)) unit.setsType = true;
}

/** A helper that does not touch the response can neither set a type nor answer under one. */
const isHelperThatAnswers = ({ fn, uses }: Unit): boolean =>
  fn.kind === 'helper' && uses.some(({ role }) => role === 'res');

/** Whether the name that `res.attachment` is given certainly has an extension that says the type. */
function namesType({ work }: Unit, root: SyntaxNode): boolean {
  const member = work.parents.get(root);
  const call = member === undefined ? undefined : work.parents.get(member);
  const [name] = call === undefined ? [] : argumentsOf(call);
  return memberName(member) === 'attachment' && name !== undefined && typeOfName(name) !== null;
}

const isChained = (up: SyntaxNode, node: SyntaxNode): boolean =>
  child(up, up.type === 'CallExpression' ? 'callee' : 'object') === node;

/** Whether the chain of calls that starts at a node is a statement of the function's own. */
function isAlwaysCalled({ work, fn }: Unit, root: SyntaxNode): boolean {
  let chain = root;
  for (
    let up = work.parents.get(chain);
    up !== undefined && isChained(up, chain);
    up = work.parents.get(chain)
  )
    chain = up;
  const statement = work.parents.get(chain);
  return statement?.type === 'ExpressionStatement' && work.parents.get(statement) === child(fn.node, 'body');
}

/** Member names of the chain that starts at an identifier: `status`, `json` for `res.status(1).json(x)`. */
export function memberNames(work: FileWork, root: SyntaxNode): string[] {
  const names: string[] = [];
  let node = root;
  for (;;) {
    const up = work.parents.get(node);
    if (up === undefined) return names;
    if (isMember(up) && child(up, 'object') === node) names.push(memberName(up) ?? '?');
    else if (
      !(up.type === 'CallExpression' && child(up, 'callee') === node) &&
      up.type !== 'ChainExpression' &&
      up.type !== 'TSNonNullExpression'
    )
      return names;
    node = up;
  }
}

/** Uses that can never answer need no place in the flow: reads, header writes, helpers without an answer. */
function mayAnswer(
  conversion: Conversion,
  unit: Unit,
  node: SyntaxNode,
  role: string,
  names: readonly string[],
): boolean {
  if (role === 'next') return true;
  const handed = handedTo(unit.work, node);
  if (handed !== null) {
    const reached = conversion.calls.get(handed.call);
    if (reached === undefined) return role === 'res';
    return reached.some((helper) => canAnswer(conversion, helper, new Set([unit])));
  }
  if (role !== 'res') return false;
  if (names.length === 0) return true;
  if (conversion.customAnswers.has(names[0] ?? '') && names.length === 1 && isCallee(unit.work, node))
    return true;
  return names.some((name) => TERMINALS.has(name) || STREAMING.has(name) || name === 'on' || name === 'once');
}

function isCallee(work: FileWork, root: SyntaxNode): boolean {
  const member = work.parents.get(root);
  const call = member === undefined ? undefined : work.parents.get(member);
  return call?.type === 'CallExpression' && child(call, 'callee') === member;
}

function canAnswer(conversion: Conversion, helper: Unit, seen: Set<Unit>): boolean {
  if (seen.has(helper)) return false;
  seen.add(helper);
  return helper.uses.some(({ node, role }) => {
    if (role === 'next') return true;
    const handed = handedTo(helper.work, node);
    if (handed !== null) {
      const reached = conversion.calls.get(handed.call);
      return reached === undefined
        ? role === 'res'
        : reached.some((inner) => canAnswer(conversion, inner, seen));
    }
    const names = memberNames(helper.work, node);
    return (
      role === 'res' &&
      (names.length === 0 || names.some((name) => TERMINALS.has(name) || STREAMING.has(name)))
    );
  });
}
