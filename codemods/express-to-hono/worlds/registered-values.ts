import type { HandlerArgument, Registration } from '../../../src/workspace/express/program.ts';
import {
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isIdentifier,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { hasReplacement } from '../bridge/replaced-packages.ts';
import type { FileWork } from '../state/conversion.ts';
import { type Home, holds, type PlanInput, type Target } from '../state/worlds.ts';
import { memberValueOf } from './member-targets.ts';
import { placesOf } from './places/named-places.ts';
import { constantOf, declarationAround, readTarget } from './targets.ts';

type WorkOf = (file: ParsedFile) => FileWork;

/** Declarations of values that a registration names: a parser, an upload, what a factory has made. Null: made elsewhere. */
export function valuesOf(
  input: Pick<PlanInput, 'program' | 'modules' | 'home' | 'natives' | 'workOf'>,
  registration: Registration,
  argument: HandlerArgument,
): (Target | null)[] {
  const { call, file } = registration;
  const { program, home, natives, workOf } = input;
  if (argument.kind === 'array') {
    const list = argument.node.type === 'SpreadElement' ? child(argument.node, 'argument') : argument.node;
    const named = isIdentifier(list) ? [constantOf(workOf(file), list, home.block)] : [];
    const items = argument.items.flatMap((each) => valuesOf(input, registration, each));
    return named.length > 0 ? named : [...listElsewhere(workOf, registration, argument, home), ...items];
  }
  if (argument.kind === 'factory') {
    const made = argument.call;
    if (made.file === file && holds(call, made.node)) return [];
    return [
      declarationAround(workOf(made.file), made.node, home.block) ?? memberValueOf(program, made, workOf),
    ];
  }
  if (argument.kind !== 'package' || !hasReplacement(argument, natives)) return [];
  const root = rootOf(argument.node);
  if (argument.package !== 'multer' && argument.call?.file === file && holds(call, argument.call.node))
    return [];
  if (!isIdentifier(root)) return [null];
  return [constantOf(workOf(file), root, home.block) ?? importedOf(input, file, root, argument.package)];
}

/** The constant of another file that an import names, where it is made by a call of a package and nothing else. */
function importedOf(
  { modules, workOf }: Pick<PlanInput, 'modules' | 'workOf'>,
  from: ParsedFile,
  name: SyntaxNode,
  maker: string,
): Target | null {
  const importing = workOf(from);
  const binding = importing.bindings.bindingOf(name);
  const imported = importsOf(importing).find(
    ({ bindings }) => binding !== null && bindings.includes(binding),
  );
  const resolved = imported === undefined ? null : modules.resolve(from.path, imported.module);
  const file = resolved?.kind === 'file' ? modules.file(resolved.path) : null;
  if (file === null) return null;
  const work = workOf(file);
  const makes = importsOf(work).filter(({ module }) => module === maker);
  return (
    children(file.program, 'body')
      .map((statement) => readTarget(work, statement))
      .find((target) => {
        const callee = target === null || !isCall(target.value) ? null : calleeOf(target.value);
        const made = isIdentifier(callee) ? work.bindings.bindingOf(callee) : null;
        return (
          target !== null &&
          made !== null &&
          makes.some(({ bindings }) => bindings.includes(made)) &&
          placesOf(target, modules, workOf).some((place) => place.work === importing && place.node === name)
        );
      }) ?? null
  );
}

/** The declaration of a list that another statement, or another file, writes: `exports.list = [guard, list]`. */
function listElsewhere(
  workOf: WorkOf,
  { call, file }: Registration,
  { items }: Extract<HandlerArgument, { kind: 'array' }>,
  home: Home,
): Target[] {
  const item = items.find((each) => each.file !== file || !holds(call, each.node));
  if (item === undefined) return [];
  const target = declarationAround(workOf(item.file), item.node, home.block);
  const list = target === null ? null : listIn(target.value);
  return target !== null && list !== null && holds(list, item.node) ? [target] : [];
}

/** The list that a value is, or that a function gives back which does nothing else: `(kind) => [check(kind)]`. */
function listIn(value: SyntaxNode): SyntaxNode | null {
  const node = unwrap(value);
  if (node.type === 'ArrayExpression') return node;
  const body = isFunction(node) ? child(node, 'body') : null;
  if (body === null || body.type !== 'BlockStatement') return body === null ? null : listIn(body);
  const [only, ...more] = children(body, 'body');
  const returned = only?.type === 'ReturnStatement' ? child(only, 'argument') : null;
  return more.length > 0 || returned === null ? null : listIn(returned);
}

/** `upload` of `upload.single('file')`. */
function rootOf(node: SyntaxNode): SyntaxNode {
  const inner = unwrap(node);
  const next = inner.type === 'CallExpression' ? calleeOf(inner) : child(inner, 'object');
  return next === null || isIdentifier(inner) ? inner : rootOf(next);
}
