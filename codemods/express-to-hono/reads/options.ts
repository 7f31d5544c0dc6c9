import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf, requiredModule } from '../../shared/edit/imports-of.ts';
import { constantOf } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';

/** What an application gives a package, in all its files. */
export interface GivenToPackage {
  /** Texts among it: one of them may name a member of the request. */
  texts: ReadonlySet<string>;
  /** Names of the properties among it. */
  keys: ReadonlySet<string>;
  /** The first thing given that may hold a function, or the first use of the package that is no call of it; null where all is written out. */
  notPlain: { work: FileWork; node: SyntaxNode } | null;
}

/**
 * Looks at all calls of a package by the names that it is imported as.
 *
 * @param handling calls of its middleware itself, which hand on what a handler is given
 */
export function givenToPackage(
  works: readonly FileWork[],
  name: string,
  handling: ReadonlySet<SyntaxNode>,
): GivenToPackage {
  const texts = new Set<string>();
  const keys = new Set<string>();
  let notPlain: GivenToPackage['notPlain'] = null;
  const look = (work: FileWork, node: SyntaxNode): void => {
    for (const each of findAll(node, 'Literal')) if (typeof each.value === 'string') texts.add(each.value);
    for (const each of findAll(node, 'Property')) keys.add(propertyKeyName(each) ?? '?');
    if (!isPlain(work, node)) notPlain ??= { work, node };
  };
  for (const work of works) {
    const roots = importsOf(work)
      .filter(({ module }) => module === name)
      .flatMap(({ bindings }) => bindings.flatMap(({ references }) => references))
      .filter(({ type }) => !type)
      .map(({ node }) => node);
    const required = findAll(work.file.program, 'CallExpression').filter(
      (each) => requiredModule(each) === name,
    );
    for (const root of [...roots, ...required]) {
      let at = root;
      let isCalled = false;
      for (let up = work.parents.get(at); up !== undefined; up = work.parents.get(at)) {
        if (isMember(up) && child(up, 'object') === at) at = up;
        else if (/^(Call|New)Expression$/.test(up.type) && calleeOf(up) === at) {
          isCalled = true;
          if (!handling.has(up)) for (const each of argumentsOf(up)) look(work, each);
          at = up;
        } else break;
      }
      const up = work.parents.get(at);
      const isNamed = up?.type === 'VariableDeclarator' || up?.type === 'ImportDeclaration';
      const isGiven = up?.type === 'CallExpression' && !isCalled && at === root && root.type === 'Identifier';
      // What is set on the package, or handed on as a whole, may be anything.
      if (up?.type === 'AssignmentExpression' && child(up, 'left') === at) notPlain ??= { work, node: up };
      else if (isGiven && !isNamed && calleeOf(up) !== at && !isRegistering(up))
        notPlain ??= { work, node: at };
    }
  }
  return { texts, keys, notPlain };
}

/** `app.use(mw)`: what is registered is not changed. */
const isRegistering = (call: SyntaxNode): boolean => isMember(calleeOf(call));

/** Whether a value is written out and holds no function. */
function isPlain(work: FileWork, node: SyntaxNode): boolean {
  const value = constantOf(work, unwrap(node));
  if (isFunction(value)) return false;
  switch (value.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return true;
    case 'Identifier':
      return isIdentifier(value, 'undefined');
    case 'ObjectExpression':
      return children(value, 'properties').every((each) => {
        const held = each.type === 'Property' ? child(each, 'value') : null;
        return held !== null && each.method !== true && each.kind === 'init' && isPlain(work, held);
      });
    case 'ArrayExpression':
      return children(value, 'elements').every(
        (each) => each.type !== 'SpreadElement' && isPlain(work, each),
      );
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return ['left', 'right', 'consequent', 'alternate'].every((name) => {
        const part = child(value, name);
        return part === null || isPlain(work, part);
      });
    case 'MemberExpression':
      return isEnvironment(value);
    default:
      return false;
  }
}

/** `process.env.SECRET`: a text or nothing. */
function isEnvironment(node: SyntaxNode): boolean {
  const object = child(node, 'object');
  const root = isMember(object) ? child(object, 'object') : null;
  return isIdentifier(root, 'process') && isIdentifier(child(object as SyntaxNode, 'property'), 'env');
}
