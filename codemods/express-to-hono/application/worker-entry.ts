import { dirname, posix } from 'node:path';
import type { RouterValue } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  parametersOf,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf, type PackageImport } from '../../shared/edit/imports-of.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { exportedName } from './exported-names.ts';

/** What an entry imports and calls that makes the application with its factory; `why` when that could not be written. */
export type FactoryEntry =
  | { imports: string; call: string; at: { work: FileWork; node: SyntaxNode } | null }
  | { why: string };

/**
 * The text of an entry.
 *
 * @param serve the function of the parity module that makes a Worker of the application; null where it is one itself
 */
export function entryText(serve: string | null, parity: string, imports: string, app: string): string {
  if (serve === null) return `${imports}\n\nexport default ${app};\n`;
  const lines = [
    "import { handleAsNodeRequest } from 'cloudflare:node';",
    imports,
    `import { ${serve} } from './${posix.basename(parity)}';`,
  ];
  return `${lines.join('\n')}\n\nexport default ${serve}(${app}, handleAsNodeRequest);\n`;
}

/**
 * Writes the entry for an application that a function makes: called without arguments, or as a file of the program
 * calls it when it starts, if all that it is given there is imported.
 *
 * @returns null when no function makes and returns the application
 */
export function factoryEntry(conversion: Conversion, app: RouterValue, folder: string): FactoryEntry | null {
  const work = conversion.workOf(app.file);
  const fn = factoryAround(work, app.creation);
  if (fn === null) return null;
  const name = exportedName(work, fn);
  if (name === null)
    return { why: 'the function that makes the application is exported by no name of its own' };
  const params = parametersOf(fn).filter(
    ({ type }) => type !== 'AssignmentPattern' && type !== 'RestElement',
  );
  const given = `./${posix.relative(folder, app.file.path)}`;
  const own = `import ${name === 'default' ? 'createApp' : `{ ${name} }`} from '${given}';`;
  const local = name === 'default' ? 'createApp' : name;
  const made = (args: string) => `${fn.async === true ? 'await ' : ''}${local}(${args})`;
  if (params.length === 0) {
    return { imports: own, call: made(''), at: null };
  }
  const caller = callAtStart(conversion, work, local);
  const names = params.map((param) =>
    work.file.text.slice(param.start, child(param, 'typeAnnotation')?.start ?? param.end),
  );
  if (caller === null)
    return {
      why: `\`${local}\` needs ${names.join(', ')}, and no file of the program calls it when it starts`,
    };
  const imports = importsFor(caller.work, caller.node, folder);
  if (typeof imports === 'string')
    return {
      why: `\`${local}\` is given \`${imports}\` in ${caller.work.file.path}, which is made there and not imported: the entry cannot make it`,
    };
  const [first, last] = [argumentsOf(caller.node)[0], argumentsOf(caller.node).at(-1)];
  const args = caller.work.file.text.slice(first?.start ?? 0, last?.end ?? 0);
  return { imports: [own, ...imports].join('\n'), call: made(args), at: caller };
}

/** The function that makes an application and returns it. */
function factoryAround(work: FileWork, creation: SyntaxNode): SyntaxNode | null {
  const declarator = work.parents.get(creation);
  const id = declarator?.type === 'VariableDeclarator' ? child(declarator, 'id') : null;
  let fn = work.parents.get(creation);
  while (fn !== undefined && !isFunction(fn)) fn = work.parents.get(fn);
  if (fn === undefined || !isIdentifier(id)) return null;
  const binding = work.bindings.bindingOf(id);
  const returned = findAll(fn, 'ReturnStatement').some((statement) => {
    const value = child(statement, 'argument');
    return isIdentifier(value) && work.bindings.bindingOf(value) === binding;
  });
  return returned ? fn : null;
}

/** A call of the factory outside every function: it runs when its file is loaded. */
function callAtStart(
  conversion: Conversion,
  factory: FileWork,
  name: string,
): { work: FileWork; node: SyntaxNode } | null {
  for (const file of conversion.program.files) {
    if (file === factory.file) continue;
    const work = conversion.workOf(file);
    const local = importsOf(work).filter(({ module }) => module.startsWith('.'));
    for (const node of findAll(file.program, 'CallExpression')) {
      const callee = calleeOf(node);
      const binding = isIdentifier(callee, name) ? work.bindings.bindingOf(callee) : null;
      if (binding === null || !local.some(({ bindings }) => bindings.includes(binding))) continue;
      let up = work.parents.get(node);
      while (up !== undefined && !isFunction(up)) up = work.parents.get(up);
      if (up === undefined) return { work, node };
    }
  }
  return null;
}

/** The imports that the arguments of a call need; the name of one that is not imported. */
function importsFor(work: FileWork, call: SyntaxNode, folder: string): string[] | string {
  const lines = new Set<string>();
  const all = importsOf(work);
  for (const argument of argumentsOf(call)) {
    for (const node of [argument, ...findAll(argument, 'Identifier')]) {
      if (!isIdentifier(node)) continue;
      const binding = work.bindings.bindingOf(node);
      if (binding === null) continue;
      const found = all.find(({ bindings }) => bindings.includes(binding));
      if (found === undefined) {
        const isInside = argument.start <= binding.node.start && binding.node.end <= argument.end;
        if (isInside) continue;
        return binding.name;
      }
      lines.add(importLine(work, found, binding.name, folder));
    }
  }
  return [...lines];
}

function importLine(work: FileWork, found: PackageImport, name: string, folder: string): string {
  const path = found.module.startsWith('.')
    ? posix.relative(folder, posix.join(dirname(work.file.path), found.module))
    : found.module;
  const specifier = found.module.startsWith('.') && !path.startsWith('.') ? `./${path}` : path;
  const members = children(found.statement, 'specifiers').filter(
    (each) => child(each, 'local')?.name === name,
  );
  const [specified] = members;
  const isNamed =
    specified === undefined
      ? child(found.declarator, 'id')?.type === 'ObjectPattern'
      : specified.type === 'ImportSpecifier';
  const whole = specified?.type === 'ImportNamespaceSpecifier' ? `* as ${name}` : name;
  const imported = specified === undefined ? null : child(specified, 'imported');
  const named = imported === null || imported.name === name ? name : `${String(imported.name)} as ${name}`;
  return `import ${isNamed ? `{ ${named} }` : whole} from '${specifier}';`;
}
