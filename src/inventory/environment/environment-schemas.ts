import { resolveBindings } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isClass,
  isIdentifier,
  isMember,
  isModuleExports,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll } from '../../workspace/syntax/walk.ts';
import { type Origin, originOf, rootIdentifier } from '../origin.ts';

/** Finds the file a specifier names; null for packages and what does not parse. */
export type OpenFile = (from: string, specifier: string) => ParsedFile | null;

/** A name in a schema of the environment, where it is written. */
export interface SchemaVariable {
  name: string;
  node: SyntaxNode;
  file: ParsedFile;
  known: 'read' | 'heuristic';
}

export interface SchemaReader {
  /** Names that a call checks the environment for. */
  ofCall(call: SyntaxNode): SchemaVariable[];
  /** Names in what a file exports for a loader that checks the environment. */
  ofFile(): SchemaVariable[];
}

/** How environment variables are written; other keys of a schema structure it (`server`, `properties`). */
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;
/** Packages that read the environment by themselves once they are given a schema. */
const READ_BY_THEMSELVES = new Set(['@fastify/env', 'fastify-env', 'env-schema', '@nestjs/config']);
/** Objects of the language that are handed the environment without checking it. */
const NO_SCHEMA = new Set(['Object', 'JSON', 'console', 'Reflect', 'structuredClone']);
const DEEPEST = 8;

/** Reads the schemas that one file checks the environment against. */
export function schemaReader(
  file: ParsedFile,
  isEnvironment: (node: SyntaxNode | null) => boolean,
  open: OpenFile,
): SchemaReader {
  const originsIn = (from: ParsedFile, node: SyntaxNode | null): Origin | null => {
    const binding = isIdentifier(node) ? resolveBindings(from).bindingOf(node) : null;
    return binding && originOf(from, binding);
  };
  const packageOf = (node: SyntaxNode | null): string =>
    originsIn(file, rootIdentifier(node))?.specifier ?? '';

  /** An argument that carries the environment: itself, a copy, or a field that holds it. */
  function carries(argument: SyntaxNode): boolean {
    if (isEnvironment(argument)) return true;
    return children(unwrap(argument), 'properties').some((property) =>
      property.type === 'SpreadElement'
        ? isEnvironment(child(property, 'argument'))
        : // `{ env: process.env }` is what a child process is given.
          propertyKeyName(property) !== 'env' && isEnvironment(child(property, 'value')),
    );
  }

  const isCopy = (argument: SyntaxNode): boolean =>
    isEnvironment(argument) ||
    children(unwrap(argument), 'properties').some(
      (each) => each.type === 'SpreadElement' && isEnvironment(child(each, 'argument')),
    );

  /** The names an expression declares: keys of literals, on the way through calls, names and other files. */
  function collect(from: ParsedFile, expression: SyntaxNode | null, depth = 0): SchemaVariable[] {
    const node = expression && unwrap(expression);
    if (!node || depth > DEEPEST) return [];
    const inner = (part: SyntaxNode | null) => collect(from, part, depth + 1);
    if (node.type === 'ObjectExpression')
      return children(node, 'properties').flatMap((property) => {
        if (property.type === 'SpreadElement') return inner(child(property, 'argument'));
        const name = propertyKeyName(property);
        return name !== null && VARIABLE.test(name)
          ? [{ name, node: property, file: from, known: 'read' as const }]
          : inner(child(property, 'value'));
      });
    if (isCall(node)) {
      const callee = calleeOf(node);
      const receiver = isMember(callee) ? inner(child(callee, 'object')) : [];
      return [...receiver, ...argumentsOf(node).flatMap(inner)];
    }
    if (isClass(node))
      return children(child(node, 'body') ?? node, 'body').flatMap((member) => {
        const name = member.type === 'PropertyDefinition' ? propertyKeyName(member) : null;
        return name !== null && VARIABLE.test(name)
          ? [{ name, node: member, file: from, known: 'read' as const }]
          : [];
      });
    return isIdentifier(node) ? collectName(from, node, depth) : [];
  }

  function collectName(from: ParsedFile, node: SyntaxNode, depth: number): SchemaVariable[] {
    const binding = resolveBindings(from).bindingOf(node);
    if (binding === null) return [];
    const origin = originOf(from, binding);
    if (origin !== null) {
      const target = open(from.path, origin.specifier);
      const exported = target && exportedValue(target, origin.member ?? 'default');
      return target && exported ? collect(target, exported, depth + 1) : [];
    }
    if (isClass(binding.declaration)) return collect(from, binding.declaration, depth + 1);
    return binding.declaration.type === 'VariableDeclarator' &&
      child(binding.declaration, 'id') === binding.node
      ? collect(from, child(binding.declaration, 'init'), depth + 1)
      : [];
  }

  return {
    ofCall(call) {
      const callee = calleeOf(call);
      const args = argumentsOf(call);
      const from = packageOf(callee);
      if (from === 'convict') return convictNames(file, args[0] ?? null);
      if (isMember(callee) && from === 'env-var' && memberName(callee) === 'get')
        return named(file, args[0], 'read');
      const isConfigRead = isMember(callee) && /^get(OrThrow)?$/.test(memberName(callee) ?? '');
      if (isConfigRead && usesNestConfig(file)) return named(file, args[0], 'heuristic');
      const root = rootIdentifier(callee);
      if (root !== null && NO_SCHEMA.has(String(root.name)) && originsIn(file, root) === null) return [];
      const loads =
        READ_BY_THEMSELVES.has(from) || args.some((each) => READ_BY_THEMSELVES.has(packageOf(each)));
      if (!loads && !args.some(carries)) return [];
      const receiver = isMember(callee) ? collect(file, child(callee, 'object')) : [];
      return [...receiver, ...args.filter((each) => !isCopy(each)).flatMap((each) => collect(file, each))];
    },
    ofFile() {
      const { bindings } = resolveBindings(file);
      const isPlugin = bindings.some((binding) =>
        READ_BY_THEMSELVES.has(originOf(file, binding)?.specifier ?? ''),
      );
      const config = isPlugin ? exportedValue(file, 'autoConfig') : null;
      return collect(file, config);
    },
  };
}

function named(
  file: ParsedFile,
  argument: SyntaxNode | undefined,
  known: SchemaVariable['known'],
): SchemaVariable[] {
  const name = literalText(argument);
  return argument && name !== null && VARIABLE.test(name) ? [{ name, node: argument, file, known }] : [];
}

/** `{ port: { env: 'PORT' } }`: convict names the variable in each field, however deep. */
function convictNames(file: ParsedFile, schema: SyntaxNode | null): SchemaVariable[] {
  const node = schema && unwrap(schema);
  if (node?.type !== 'ObjectExpression') return [];
  return findAll(node, 'Property').flatMap((property) =>
    propertyKeyName(property) === 'env' ? named(file, child(property, 'value') ?? undefined, 'read') : [],
  );
}

const usesNestConfig = (file: ParsedFile): boolean =>
  resolveBindings(file).bindings.some(
    (binding) => binding.name === 'ConfigService' && originOf(file, binding)?.specifier === '@nestjs/config',
  );

/** What a file exports under a name: `export const x = …`, `export { x }`, `export default …`, `module.exports`. */
function exportedValue(file: ParsedFile, name: string): SyntaxNode | null {
  for (const statement of children(file.program, 'body')) {
    const declaration = child(statement, 'declaration');
    if (statement.type === 'ExportDefaultDeclaration' && name === 'default') return declaration;
    if (statement.type === 'ExportNamedDeclaration') {
      if (declaration && isClass(declaration) && isIdentifier(child(declaration, 'id'), name))
        return declaration;
      for (const declarator of declaration ? children(declaration, 'declarations') : [])
        if (isIdentifier(child(declarator, 'id'), name)) return child(declarator, 'init');
      for (const specifier of children(statement, 'specifiers'))
        if (isIdentifier(child(specifier, 'exported'), name)) return child(specifier, 'local');
    }
    const expression = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
    const left = expression?.type === 'AssignmentExpression' ? child(expression, 'left') : null;
    if (!isMember(left) || !expression) continue;
    const isModule = isModuleExports(left);
    if (isModule && name === 'default') return child(expression, 'right');
    if (isModule) {
      const property = children(child(expression, 'right') ?? left, 'properties').find(
        (each) => each.type === 'Property' && propertyKeyName(each) === name,
      );
      if (property) return child(property, 'value');
    }
    if (memberName(left) === name && isIdentifier(child(left, 'object'), 'exports'))
      return child(expression, 'right');
  }
  return null;
}
