import type { HandlerArgument, Registration } from '../../../src/workspace/express/program.ts';
import {
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasReplacement } from '../bridge/replaced-packages.ts';
import type { FileWork } from '../state/conversion.ts';
import type { Natives } from '../state/native.ts';
import { type Home, holds, type Target } from '../state/worlds.ts';
import { constantOf, declarationAround } from './targets.ts';

type WorkOf = (file: ParsedFile) => FileWork;

/** Declarations of values that a registration names: a parser, an upload, what a factory has made. Null: made elsewhere. */
export function valuesOf(
  workOf: WorkOf,
  registration: Registration,
  argument: HandlerArgument,
  home: Home,
  natives: Natives | undefined,
): (Target | null)[] {
  const { call, file } = registration;
  if (argument.kind === 'array') {
    const list = argument.node.type === 'SpreadElement' ? child(argument.node, 'argument') : argument.node;
    const named = isIdentifier(list) ? [constantOf(workOf(file), list, home.block)] : [];
    const items = argument.items.flatMap((each) => valuesOf(workOf, registration, each, home, natives));
    return named.length > 0 ? named : [...listElsewhere(workOf, registration, argument, home), ...items];
  }
  if (argument.kind === 'factory') {
    const made = argument.call;
    if (made.file === file && holds(call, made.node)) return [];
    return [declarationAround(workOf(made.file), made.node, home.block)];
  }
  if (argument.kind !== 'package' || !hasReplacement(argument, natives)) return [];
  const root = rootOf(argument.node);
  if (argument.package !== 'multer' && argument.call?.file === file && holds(call, argument.call.node))
    return [];
  return isIdentifier(root) ? [constantOf(workOf(file), root, home.block)] : [null];
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
