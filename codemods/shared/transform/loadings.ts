import type { ASTPath, CallExpression, Identifier, ImportDeclaration, StringLiteral } from 'jscodeshift';
import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import { isTool } from './replaced.ts';
import type { Work } from './work.ts';

/** One name that a declaration takes from a module. */
export interface LoadedName {
  /** `default`, `*` (all of the module: also `const x = require('x')`), or the exported name. */
  imported: string;
  local: Identifier;
  binding: Binding;
}

/** A declaration that loads a module: `import … from`, or `const … = require(…)`. */
export interface Loading {
  kind: 'import' | 'require';
  specifier: StringLiteral;
  /** The whole statement. */
  statement: object;
  /** What is replaced when other things are loaded: the statement, or one declarator of several. */
  replaced: object;
  /** Whether the statement loads nothing else, and stands where it may be taken out. */
  alone: boolean;
  names: LoadedName[];
}

/** Another way in which a module's name stands in a file: what it is, in words. */
export interface OtherLoading {
  kind:
    | 'bare'
    | 'call'
    | 're-export'
    | 'dynamic'
    | 'import type'
    | 'import equals'
    | 'resolve'
    | 'tool'
    | 'pattern'
    | 'comments';
  specifier: StringLiteral;
  /** The call, or the statement. */
  node: object;
  path: ASTPath;
}

/** Words for what is not a plain declaration. */
export const OTHER_WORDS: Readonly<Record<OtherLoading['kind'], string>> = {
  bare: 'it is loaded for its effect only',
  call: 'it is used where it is loaded, with no name of its own',
  're-export': 'it is exported again, and who imports it is not known',
  dynamic: 'it is loaded by `import()`',
  'import type': 'its types are used',
  'import equals': 'it is loaded by `import … = require(…)`',
  resolve: 'its path is asked for',
  tool: 'a test replaces it by name',
  pattern: 'what is taken from it is not written as plain names',
  comments: 'a comment stands inside the declaration',
};

/** Every place in which a module that is asked for is loaded, by syntax and binding. */
export function loadingsOf(
  work: Work,
  wanted: (module: string) => boolean,
): { loadings: Loading[]; others: OtherLoading[] } {
  const loadings: Loading[] = [];
  const others: OtherLoading[] = [];
  const { j, root } = work;
  const asked = (node: { type: string } | null | undefined): node is StringLiteral =>
    node?.type === 'StringLiteral' && wanted((node as StringLiteral).value);
  const other = (kind: OtherLoading['kind'], specifier: StringLiteral, path: ASTPath): void => {
    others.push({ kind, specifier, node: path.node, path });
  };

  // A declaration is written anew, and a comment inside it would be lost.
  const add = (loading: Loading, path: ASTPath): void => {
    if (work.commentsIn(loading.replaced).length > 0) other('comments', loading.specifier, path);
    else loadings.push(loading);
  };
  for (const path of root.find(j.ImportDeclaration).paths()) {
    const { source, specifiers = [], importKind } = path.node;
    if (!asked(source)) continue;
    const names = specifiers.map((each) => importedName(work, each));
    if (specifiers.length === 0) other('bare', source, path);
    else if (importKind === 'type' || importKind === 'typeof' || !names.every((each) => each !== null))
      other('import type', source, path);
    else {
      const { node } = path;
      add({ kind: 'import', specifier: source, names, statement: node, replaced: node, alone: true }, path);
    }
  }
  const reexports = [
    ...root.find(j.ExportNamedDeclaration).paths(),
    ...root.find(j.ExportAllDeclaration).paths(),
  ];
  for (const path of reexports) if (asked(path.node.source)) other('re-export', path.node.source, path);
  for (const path of root.find(j.TSExternalModuleReference).paths())
    if (asked(path.node.expression)) other('import equals', path.node.expression, path);
  for (const path of root.find(j.TSImportType).paths())
    if (asked(path.node.argument)) other('import type', path.node.argument, path);
  for (const path of root.find(j.CallExpression).paths()) {
    const [first] = path.node.arguments;
    if (!asked(first)) continue;
    const kind = isTool(path.node) ? 'tool' : callKind(work, path.node.callee);
    if (kind === null) continue;
    const loading = kind === 'require' ? declarationOf(work, path, first) : kind;
    if (typeof loading === 'string') other(loading, first, path);
    else add(loading, path);
  }
  return { loadings, others };
}

type Specifier = NonNullable<ImportDeclaration['specifiers']>[number];

/** Null where only a type is imported. */
function importedName(work: Work, specifier: Specifier): LoadedName | null {
  if ((specifier as { importKind?: string }).importKind === 'type') return null;
  const local = specifier.local as Identifier | undefined;
  if (specifier.type === 'ImportSpecifier') return nameOf(work, String(specifier.imported.name), local);
  return nameOf(work, specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*', local);
}

/** How a call with a module's name loads it; null where it does not. */
function callKind(
  work: Work,
  callee: CallExpression['callee'],
): 'require' | 'dynamic' | 'resolve' | 'call' | null {
  if (callee.type === 'Import') return 'dynamic';
  if (callee.type === 'Identifier') {
    if (work.isGlobal(callee)) return callee.name === 'require' ? 'require' : null;
    return isMadeRequire(work, callee) ? 'call' : null;
  }
  if (callee.type !== 'MemberExpression') return null;
  const { object, property } = callee;
  const isResolve = property.type === 'Identifier' && property.name === 'resolve';
  return isResolve && object.type === 'Identifier' && object.name === 'require' && work.isGlobal(object)
    ? 'resolve'
    : null;
}

function nameOf(work: Work, imported: string, local: Identifier | undefined): LoadedName | null {
  const binding = local ? work.bindingOf(local) : null;
  return local && binding ? { imported, local, binding } : null;
}

/** `const require = createRequire(…)` is a `require`, too. */
function isMadeRequire(work: Work, callee: Identifier): boolean {
  const declaration = work.bindingOf(callee)?.declaration;
  const init = declaration?.type === 'VariableDeclarator' ? (declaration.init as InitNode | null) : null;
  const maker = init?.type === 'CallExpression' ? init.callee : undefined;
  return (maker?.name ?? maker?.property?.name) === 'createRequire';
}

interface InitNode {
  type: string;
  callee?: { name?: string; property?: { name?: string } };
}

/** The declaration whose value a `require` call is, also through a member: `const v4 = require('uuid').v4`. */
function declarationOf(work: Work, path: ASTPath, specifier: StringLiteral): Loading | 'pattern' | 'call' {
  let value: ASTPath = path;
  let member: string | null = null;
  const above = path.parent as ASTPath;
  if (above.node.type === 'MemberExpression' && above.node.object === path.node) {
    if (above.node.computed || above.node.property.type !== 'Identifier') return 'call';
    member = above.node.property.name;
    value = above;
  }
  const declarator = value.parent as ASTPath;
  if (declarator.node.type !== 'VariableDeclarator' || declarator.node.init !== value.node) return 'call';
  const statement = declarator.parent as ASTPath;
  if (statement.node.type !== 'VariableDeclaration') return 'call';
  const { id } = declarator.node;
  const names: (LoadedName | null)[] = [];
  if (id.type === 'Identifier') names.push(nameOf(work, member ?? '*', id));
  else if (id.type === 'ObjectPattern' && member === null) {
    for (const each of id.properties) {
      const plain =
        each.type === 'ObjectProperty' &&
        !each.computed &&
        each.key.type === 'Identifier' &&
        each.value.type === 'Identifier';
      names.push(plain ? nameOf(work, (each.key as Identifier).name, each.value as Identifier) : null);
    }
  } else return 'pattern';
  if (!names.every((each) => each !== null)) return 'pattern';
  const one = statement.node.declarations.length === 1;
  const body = (statement.parent as ASTPath).node.type;
  return {
    ...{ kind: 'require', specifier, names, statement: statement.node },
    replaced: one ? statement.node : declarator.node,
    alone: one && (body === 'Program' || body === 'BlockStatement'),
  };
}
