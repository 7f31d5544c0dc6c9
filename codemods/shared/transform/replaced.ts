import type { ASTPath, CallExpression } from 'jscodeshift';
import { position } from '../../../src/workspace/text.ts';
import { type Source, spanOf } from './source.ts';

/** Names by which test tools are known that put something else in place of a module, by the module's name. */
const TOOLS = /^(?:jest|vi|vitest|mock|mockery|td|testdouble|proxyquire|rewiremock|esmock)$/;
const METHODS =
  /^(?:mock|doMock|unmock|unstable_mockModule|setMock|requireActual|requireMock|importActual|importMock|registerMock|registerSubstitute|replace|replaceEsm|module|noCallThru|load)$/;

/** Only a file in which one of them stands is worth parsing. */
export const MAY_REPLACE = /\b(?:jest|vi|vitest|mock|mockery|td|testdouble|proxyquire|rewiremock|esmock)\b/;

/**
 * The modules that a file replaces by name, with the place: the first argument of `jest.mock` and its kin, and the keys of
 * what `proxyquire` and `esmock` are given.
 */
export function replacedIn({ j, root, path, text }: Source): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string, node: object) => {
    const { line, column } = position(text, spanOf(node).start);
    found.set(name.replace(/^node:/, ''), `${path}:${line}:${column}`);
  };
  root.find(j.CallExpression).forEach((call: ASTPath<CallExpression>) => {
    if (!isTool(call.node)) return;
    const [first, ...others] = call.node.arguments;
    if (first?.type === 'StringLiteral') add(first.value, first);
    for (const other of others) {
      if (other.type !== 'ObjectExpression') continue;
      for (const property of other.properties) {
        if (property.type !== 'ObjectProperty' || property.computed) continue;
        if (property.key.type === 'StringLiteral') add(property.key.value, property.key);
        else if (property.key.type === 'Identifier') add(property.key.name, property.key);
      }
    }
  });
  return found;
}

/** Whether a call is one of a tool that replaces modules. Any name that looks so counts: what it names is left alone. */
export function isTool({ callee }: CallExpression): boolean {
  if (callee.type === 'Identifier') return TOOLS.test(callee.name);
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object, property } = callee;
  if (!METHODS.test(property.name)) return false;
  return object.type === 'CallExpression'
    ? isTool(object)
    : object.type === 'Identifier' && TOOLS.test(object.name);
}
