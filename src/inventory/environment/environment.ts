import type { EnvironmentVariable } from '../../model/inventory.ts';
import { type Binding, type Bindings, resolveBindings } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { partWith } from '../../workspace/syntax/part.ts';
import { walk } from '../../workspace/syntax/walk.ts';
import { evidenceIn } from '../evidence.ts';
import { originOf } from '../origin.ts';
import { type OpenFile, schemaReader } from './environment-schemas.ts';

/** Only such files can read the environment, and only those are looked at closely. */
const MENTION =
  /\b(?:process|Bun|Deno)\s*\.\s*env\b|["'](?:node:)?process["']|=\s*process\b|["'](?:env-var|convict|@fastify\/env|fastify-env|env-schema|@nestjs\/config)["']/;

/**
 * A use of the environment as a whole, another thing called `process`, or a package that reads it. Without any, each read
 * is `process.env.X` as it stands, and the names of the file need not be resolved: most files, and the costly part.
 */
const MORE_THAN_MEMBERS =
  /\bprocess\b(?!\s*\.\s*(?!env\b)\w)(?!\s*\.\s*env\s*[.[])|\b(?:Bun|Deno)\s*\.\s*env\b|["'](?:env-var|convict|@fastify\/env|fastify-env|env-schema|@nestjs\/config)["']/;

/**
 * Environment variables a file reads by a name that is written out: members of the environment and of its aliases,
 * destructuring, and the names in a schema that the environment is checked against (envalid, zod, Joi, convict and others).
 * An assignment reads nothing.
 *
 * @param open finds the file a specifier names, for schemas kept beside their use
 */
export function environmentReads(file: ParsedFile, open: OpenFile): EnvironmentVariable[] {
  if (!MENTION.test(file.text)) return [];
  if (!MORE_THAN_MEMBERS.test(file.text)) return memberReads(file);
  const bindings = resolveBindings(file);
  const aliases = aliasesOf(file, bindings);
  const env = new Map<string, EnvironmentVariable>();
  const add = (name: string | null, node: SyntaxNode, known: 'read' | 'heuristic' = 'read', from = file) => {
    if (name === null || !/^[A-Za-z_]\w*$/.test(name)) return;
    const place = from.locate(node.start);
    const key = `${name} ${place.file}:${place.line}:${place.column}`;
    if (!env.has(key)) env.set(key, { ...evidenceIn(from, place, node.start, known), name });
  };
  const isEnvironment = (node: SyntaxNode | null): boolean => {
    const inner = node && unwrap(node);
    if (!isIdentifier(inner)) return inner !== null && isEnvironmentObject(file, inner, bindings);
    const binding = bindings.bindingOf(inner);
    return binding !== null && aliases.has(binding);
  };
  const schemas = schemaReader(file, isEnvironment, open);

  walk(file.program, {
    enter(node, parent) {
      if (isMember(node) && isEnvironment(child(node, 'object'))) {
        if (isRead(node, parent)) add(memberName(node), node);
      } else if (node.type === 'VariableDeclarator' || node.type === 'AssignmentExpression') {
        const isDeclaration = node.type === 'VariableDeclarator';
        const target = child(node, isDeclaration ? 'id' : 'left');
        if (target?.type === 'ObjectPattern' && isEnvironment(child(node, isDeclaration ? 'init' : 'right')))
          for (const property of children(target, 'properties'))
            if (property.type === 'Property') add(propertyKeyName(property), property);
      } else if (isCall(node)) {
        for (const found of schemas.ofCall(node)) add(found.name, found.node, found.known, found.file);
        const callee = calleeOf(node);
        // `Deno.env.get('PORT')`: the environment of Deno is no object of its variables.
        if (isMember(callee) && memberName(callee) === 'get' && isEnvironment(child(callee, 'object')))
          add(literalText(argumentsOf(node)[0]), node);
      }
    },
  });
  for (const found of schemas.ofFile()) add(found.name, found.node, found.known, found.file);
  return [...env.values()];
}

/** Where `process` stands, and nothing else. */
const PROCESS: ReadonlySet<string> = new Set(['process']);
const NOTHING = /(?!)/g;

/** The reads of a file in which `process` is the runtime's own and only members of its environment are used. */
function memberReads(file: ParsedFile): EnvironmentVariable[] {
  const env: EnvironmentVariable[] = [];
  const part = partWith(file, PROCESS, NOTHING);
  walk(file.program, {
    enter(node, parent) {
      if (!part.holds(node)) return 'skip';
      const name = memberName(node);
      if (name === null || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
      const object = child(node, 'object');
      if (
        !isMember(object) ||
        memberName(object) !== 'env' ||
        !isIdentifier(child(object, 'object'), 'process')
      )
        return undefined;
      if (isRead(node, parent))
        env.push({ ...evidenceIn(file, file.locate(node.start), node.start, 'read'), name });
      return undefined;
    },
  });
  return env;
}

/** Whether a member's value is used: it is neither assigned alone nor a method that is called. */
function isRead(node: SyntaxNode, parent: SyntaxNode | null | undefined): boolean {
  const isWritten =
    parent?.type === 'AssignmentExpression' && child(parent, 'left') === node && parent.operator === '=';
  return !isWritten && !(isCall(parent) && calleeOf(parent) === node);
}

/** `process.env`, `globalThis.process.env`, `Bun.env`, `Deno.env`, where nothing else has that name. */
function isEnvironmentObject(file: ParsedFile, node: SyntaxNode, bindings: Bindings): boolean {
  if (!isMember(node) || memberName(node) !== 'env') return false;
  const object = child(node, 'object');
  const inner = object && unwrap(object);
  if (isMember(inner))
    return memberName(inner) === 'process' && isIdentifier(child(inner, 'object'), 'globalThis');
  if (!isIdentifier(inner)) return false;
  const binding = bindings.bindingOf(inner);
  if (binding === null) return ['process', 'Bun', 'Deno'].includes(String(inner.name));
  return isProcess(originOf(file, binding)?.specifier);
}

const isProcess = (specifier: string | undefined): boolean => /^(?:node:)?process$/.test(specifier ?? '');

/** Names that hold the environment: `const env = process.env`, `const { env } = process`, `import { env } from 'process'`. */
function aliasesOf(file: ParsedFile, bindings: Bindings): ReadonlySet<Binding> {
  const found = new Set<Binding>();
  for (const binding of bindings.bindings) {
    const { declaration, node, kind } = binding;
    if (kind !== 'import' && declaration.type !== 'VariableDeclarator') continue;
    const origin = originOf(file, binding);
    if (isProcess(origin?.specifier) && origin?.member === 'env') found.add(binding);
    if (declaration.type !== 'VariableDeclarator') continue;
    const init = child(declaration, 'init');
    const inner = init && unwrap(init);
    const id = child(declaration, 'id');
    if (inner && id === node && isEnvironmentObject(file, inner, bindings)) found.add(binding);
    if (
      id?.type === 'ObjectPattern' &&
      isIdentifier(inner, 'process') &&
      bindings.bindingOf(inner) === null
    ) {
      const property = children(id, 'properties').find((each) => child(each, 'value') === node);
      if (property && propertyKeyName(property) === 'env') found.add(binding);
    }
  }
  return found;
}
