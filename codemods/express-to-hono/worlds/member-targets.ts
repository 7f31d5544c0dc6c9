import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Place,
} from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  field,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { isSetOnce } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';
import type { Named, Target } from '../state/worlds.ts';
import { itemsOf } from './staying.ts';
import { memberOf, usesOwnThis } from './targets.ts';

type WorkOf = (file: ParsedFile) => FileWork;

/**
 * The statement that puts a function on an object, or the member of a class or an object that it is, with the members that are
 * nothing else: `this.guard = (req, res, next) => …` and `handlers.guard`. Null where it stands in another way.
 */
export function memberTargetOf(program: ExpressProgram, fn: ExpressFunction, workOf: WorkOf): Target | null {
  const work = workOf(fn.file);
  const put = assignmentOf(work, fn.node) ?? methodOf(work, fn.node) ?? propertyOf(work, fn.node);
  // What is bound to an object elsewhere, its twin would not be.
  if (put === null || usesOwnThis(fn.node)) return null;
  const name = field(put.id, 'name');
  const members = program.files.flatMap((file) =>
    findAll(file.program, 'MemberExpression').flatMap((member) => {
      const property = child(member, 'property');
      if (memberName(member) !== name || !isIdentifier(property) || property === put.id) return [];
      const found = program.functionsAt(member);
      return found?.length === 1 && found[0]?.node === fn.node
        ? [{ work: workOf(file), node: property }]
        : [];
    }),
  );
  return { ...put, work, name, binding: null, value: fn.node, members };
}

/**
 * The member that what a factory makes is kept in: `list = asyncHandler(async (req, res) => …)` in a class. Null where something
 * but a registration may name it.
 */
export function memberValueOf(program: ExpressProgram, { file, node }: Place, workOf: WorkOf): Target | null {
  const work = workOf(file);
  const put = assignmentOf(work, node) ?? methodOf(work, node) ?? propertyOf(work, node);
  if (put === null || argumentsOf(node).some((each) => isFunction(each) && usesOwnThis(each))) return null;
  const name = field(put.id, 'name');
  const own = new Set(
    program.registrations
      .flatMap(itemsOf)
      .flatMap((item) => (item.kind === 'factory' && item.call.node === node ? [unwrap(item.node)] : [])),
  );
  const handled = new Set(program.functions.map((fn) => fn.node));
  const members: Pick<Named, 'work' | 'node'>[] = [];
  for (const each of program.files) {
    for (const member of findAll(each.program, 'MemberExpression')) {
      const property = child(member, 'property');
      if (memberName(member) !== name || property === put.id) continue;
      if (own.has(member) && isIdentifier(property)) members.push({ work: workOf(each), node: property });
      // A function that Express never sees is a member of something else.
      else if (program.functionsAt(member)?.some((place) => handled.has(place.node)) !== false) return null;
    }
  }
  return { ...put, work, name, binding: null, value: node, members };
}

/** `this.guard = fn;`, `handlers.guard = fn;`. */
function assignmentOf({ parents }: FileWork, fn: SyntaxNode): Pick<Target, 'statement' | 'id'> | null {
  const assignment = parents.get(fn);
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return null;
  const statement = parents.get(assignment);
  const left = child(assignment, 'left');
  const object = isMember(left) ? child(left, 'object') : null;
  const isPlain = object?.type === 'ThisExpression' || isIdentifier(object);
  const block = statement === undefined ? undefined : parents.get(statement);
  if (statement?.type !== 'ExpressionStatement' || left === null || !isPlain) return null;
  if (!/^(BlockStatement|Program)$/.test(block?.type ?? '')) return null;
  const id = child(left, 'property');
  return isIdentifier(id) && memberName(left) !== null ? { statement, id } : null;
}

/** `guard: (req, res, next) => …` in an object. */
function propertyOf({ parents }: FileWork, fn: SyntaxNode): Pick<Target, 'statement' | 'id'> | null {
  const property = parents.get(fn);
  const object = property === undefined ? undefined : parents.get(property);
  const member = object === undefined ? null : memberOf(object, fn);
  return member?.value === fn ? member : null;
}

/** `guard(req, res, next) { … }` and `guard = (req, res, next) => …` in a class. */
function methodOf({ parents }: FileWork, fn: SyntaxNode): Pick<Target, 'statement' | 'id'> | null {
  const statement = parents.get(fn);
  if (statement === undefined || !/^(MethodDefinition|PropertyDefinition)$/.test(statement.type)) return null;
  const isOdd = statement.computed === true || (statement.kind ?? 'method') !== 'method';
  const decorators = children(statement, 'decorators');
  const id = child(statement, 'key');
  return isOdd || decorators.length > 0 || !isIdentifier(id) ? null : { statement, id };
}

/** `const guard = handlers.guard;`: the constants by which a registration names functions that are members of something. */
export function aliasesIn(
  argument: HandlerArgument,
  targets: ReadonlyMap<SyntaxNode, Target>,
  workOf: WorkOf,
): Target[] {
  if (argument.kind === 'array') return argument.items.flatMap((each) => aliasesIn(each, targets, workOf));
  const held = [...targets.values()].filter(({ members, value }) =>
    members !== undefined ? functionsIn(argument).some((fn) => fn.node === value) : false,
  );
  const work = workOf(argument.file);
  const name = unwrap(argument.node);
  const binding = isIdentifier(name) ? work.bindings.bindingOf(name) : null;
  if (held.length === 0 || binding === null || !isSetOnce(binding)) return [];
  const { declaration } = binding;
  const value = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
  const statement = work.parents.get(declaration);
  const id = child(declaration, 'id');
  const isOne = statement !== undefined && children(statement, 'declarations').length === 1;
  if (value === null || !isMember(unwrap(value)) || !isOne || !isIdentifier(id)) return [];
  return [{ work, statement, id, name: String(id.name), binding, value }];
}
