import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  child,
  children,
  field,
  isFunction,
  isIdentifier,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { importName } from '../edit/imports.ts';
import { recovers } from '../facts/errors/recovery.ts';
import { needsNext } from '../facts/needs-next.ts';
import { ownWrappers } from '../facts/wrappers.ts';
import { staysAsItIs } from '../state/as-is.ts';
import { type Conversion, type FileWork, replace, type Unit } from '../state/conversion.ts';
import { holds, isMoved, staysInExpress } from '../state/worlds.ts';
import { appEnv, contextType } from './context-type.ts';
import { convertFunctionType } from './function-types.ts';

/** Rewrites Express's types where they are named; what has no counterpart is refused with the other imports. */
export function convertTypes(conversion: Conversion) {
  const wrappers = ownWrappers(conversion.program);
  for (const work of conversion.files.values()) {
    if (!work.file.typescript || isAllAsItIs(conversion, work)) continue;
    for (const found of importsOf(work).filter(({ module }) => module === 'express')) {
      for (const binding of found.bindings) {
        const imported = importedName(found.statement, binding.node);
        for (const { node, type } of binding.references) {
          const reference = typeReference(work, node);
          if (reference === null || (!type && reference === node)) continue;
          if (!isMoved(conversion.worlds, work.file.path, reference)) continue;
          // A wrapper that something else calls is Express's still.
          if (wrappers.some(({ file, node: fn }) => file === work.file && holds(fn, reference))) continue;
          if (staysAsItIs(conversion.options.asItIs, work.file.path, reference)) continue;
          convertReference(conversion, work, reference, imported ?? binding.name, node);
        }
      }
    }
  }
}

/** Whether nothing of a file is Hono's: its functions stay as they are, and so do their types. */
const isAllAsItIs = ({ options, program, worlds }: Conversion, { file }: FileWork): boolean =>
  worlds === null &&
  options.asItIs?.some(({ fn }) => fn.file === file) === true &&
  ![...program.functions, ...program.registrations, ...program.routers].some((each) => each.file === file);

function importedName(statement: SyntaxNode, local: SyntaxNode): string | null {
  const specifier = children(statement, 'specifiers').find((each) => child(each, 'local') === local);
  const imported = specifier === undefined ? null : child(specifier, 'imported');
  return imported === null ? null : field(imported, 'name');
}

/** The whole type that a name is part of: `Request<{ id: string }>`, `express.Request`. */
function typeReference(work: FileWork, node: SyntaxNode): SyntaxNode | null {
  let up = work.parents.get(node);
  while (up !== undefined && up.type === 'TSQualifiedName') up = work.parents.get(up);
  return up?.type === 'TSTypeReference' ? up : null;
}

function convertReference(
  conversion: Conversion,
  work: FileWork,
  reference: SyntaxNode,
  name: string,
  node: SyntaxNode,
) {
  const qualified = work.parents.get(node);
  const right = qualified?.type === 'TSQualifiedName' ? child(qualified, 'right') : null;
  const type = right === null ? name : field(right, 'name');
  const hono = (imported: string) =>
    `${importName(conversion, work, 'hono', imported, { type: true })}<${appEnv(conversion, work)}>`;
  const put = (text: string) => replace(conversion, work, reference, [text], `types/${type}`);
  if (!work.draft.keeps(reference)) return;
  const signature = functionTypeOf(work, reference);
  if (signature !== null && /^(Request|Response|NextFunction)$/.test(type ?? '')) {
    // Its parameters do not go name by name; a method's would take its implementations along.
    const isPlain = signature.type === 'TSFunctionType';
    return isPlain ? convertFunctionType(conversion, work, signature) : undefined;
  }
  if (isOfOtherFunction(conversion, work, reference, type)) return;
  switch (type) {
    case 'Request':
    case 'Response':
      return put(contextType(conversion, work));
    case 'NextFunction':
      return put(importName(conversion, work, 'hono', 'Next', { type: true }));
    case 'Router':
    case 'IRouter':
      return put(hono('Hono'));
    case 'Express':
    case 'Application':
      return put(
        conversion.parity.has('nodeApp')
          ? `${importName(conversion, work, 'parity', 'NodeApp', { type: true })}<${hono('Hono')}>`
          : hono('Hono'),
      );
    case 'ErrorRequestHandler':
      if (!unitsTyped(conversion, work, reference).some(recovers)) return put(hono('ErrorHandler'));
      return put(importName(conversion, work, 'parity', 'RecoveringHandler', { type: true }));
    case 'RequestHandler':
      if (isOfBridged(conversion, work, reference)) return;
      return put(hono(handlerType(conversion, work, reference)));
    default:
  }
}

/**
 * Whether a type is of a parameter of a function that no handler is or calls, and that may be given what runs behind a bridge: a
 * request, or a handler that is not ours. A router is ours.
 */
function isOfOtherFunction(
  { program, units }: Conversion,
  work: FileWork,
  reference: SyntaxNode,
  type: string | null,
): boolean {
  if (/^(I?Router|Express|Application)$/.test(type ?? '')) return false;
  const parameter = parameterOfOther(units, work, reference);
  if (parameter === null) return isResultOfOther(units, work, reference);
  const given = /RequestHandler$/.test(type ?? '') ? program.functionsAt(parameter) : null;
  return given === null || given.length === 0 || !given.every(({ node }) => units.has(node));
}

/** Whether a type is of what a function gives back that nothing converts. */
function isResultOfOther(units: Conversion['units'], work: FileWork, reference: SyntaxNode): boolean {
  const fn = enclosingFunction(work.file, reference);
  const result = fn === null || units.has(fn) ? null : child(fn, 'returnType');
  return result !== null && holds(result, reference) && !holdsUnit(units, fn);
}

/** Whether a function makes one that is converted. */
const holdsUnit = (units: Conversion['units'], fn: SyntaxNode | null): boolean =>
  fn !== null && [...units.keys()].some((node) => node !== fn && holds(fn, node));

/** The parameter of a function that is no handler, where a type is written in one. */
function parameterOfOther(
  units: Conversion['units'],
  work: FileWork,
  reference: SyntaxNode,
): SyntaxNode | null {
  const fn = enclosingFunction(work.file, reference);
  if (fn === null || units.has(fn)) return null;
  return parametersOf(fn).find((each) => holds(each, reference)) ?? null;
}

/** The function type or method signature that a type is written in. */
function functionTypeOf(work: FileWork, reference: SyntaxNode): SyntaxNode | null {
  for (let up = work.parents.get(reference); up !== undefined; up = work.parents.get(up)) {
    if (up.type === 'TSFunctionType' || up.type === 'TSMethodSignature') return up;
    if (/Statement$|Declaration$/.test(up.type)) return null;
  }
  return null;
}

/** The functions that are declared with a type, are made by what gives it back, or are what a parameter is given. */
function unitsTyped(conversion: Conversion, work: FileWork, reference: SyntaxNode): Unit[] {
  const parameter = parameterOfOther(conversion.units, work, reference);
  if (parameter !== null)
    return (conversion.program.functionsAt(parameter) ?? []).flatMap(
      ({ node }) => conversion.units.get(node) ?? [],
    );
  for (let up = work.parents.get(reference); up !== undefined; up = work.parents.get(up)) {
    const fn = up.type === 'VariableDeclarator' ? child(up, 'init') : isFunction(up) ? up : null;
    if (fn === null) continue;
    return [...conversion.units.values()].filter(
      (unit) => unit.work === work && fn.start <= unit.fn.node.start && unit.fn.node.end <= fn.end,
    );
  }
  return [];
}

/** Whether a type is of a constant that holds middleware of a package, which runs as it is. */
function isOfBridged({ program, options }: Conversion, work: FileWork, reference: SyntaxNode): boolean {
  const id = [...ancestorsOf(work, reference)].find(({ type }) => type === 'VariableDeclarator');
  const made = id === undefined ? null : child(id, 'init');
  return (
    made !== null &&
    packagesOf(program).some(
      ({ call }) =>
        call !== null && call.node === unwrap(made) && typeof options.natives?.get(call.node) !== 'object',
    )
  );
}

function* ancestorsOf({ parents }: FileWork, node: SyntaxNode): Generator<SyntaxNode> {
  for (let up = parents.get(node); up !== undefined; up = parents.get(up)) yield up;
}

/** What a `RequestHandler` is in Hono depends on the function: middleware, a handler, or the 404 handler. */
function handlerType(conversion: Conversion, work: FileWork, reference: SyntaxNode): string {
  const units = unitsTyped(conversion, work, reference);
  if (units.length === 0) return 'MiddlewareHandler';
  const isNotFound = units.every((unit) =>
    unit.fn.uses.some(
      (use) =>
        use.kind === 'registered' &&
        use.registration.method === 'use' &&
        conversion.notFoundCalls.has(use.registration.call),
    ),
  );
  if (isNotFound) return 'NotFoundHandler';
  return units.every((unit) => !needsNext(conversion, unit)) ? 'Handler' : 'MiddlewareHandler';
}

/** Type aliases of a request that nothing names any more. */
export function dropUnusedAliases(conversion: Conversion, work: FileWork) {
  for (const alias of findAliases(work)) {
    const id = child(alias, 'id');
    const binding = isIdentifier(id) ? work.bindings.bindingOf(id) : null;
    if (binding === null || binding.references.length === 0) continue;
    const isNeeded = (node: SyntaxNode) =>
      work.draft.keeps(node) || staysInExpress(conversion, work.file.path, node);
    if (binding.references.some(({ node }) => isNeeded(node))) continue;
    deleteStatement(conversion, work, alias, 'types/alias');
  }
}

/** Aliases at the top of a file that name something of Express. */
function findAliases(work: FileWork): SyntaxNode[] {
  const named = importsOf(work)
    .filter(({ module }) => module === 'express')
    .flatMap(({ bindings }) => bindings.flatMap(({ references }) => references.map(({ node }) => node)));
  return children(work.file.program, 'body').filter(
    (statement) =>
      statement.type === 'TSTypeAliasDeclaration' &&
      named.some(({ start, end }) => statement.start <= start && end <= statement.end),
  );
}
