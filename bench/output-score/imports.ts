import { resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  argumentsOf,
  calleeOf,
  children,
  field,
  isIdentifier,
  literalText,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';

/** What every program in Hono is made of, and what has no behaviour. */
const CORE = /^hono(\/(types|tiny|quick|http-exception|utils\/.+|router\/.+))?$/;

/** Modules of Hono besides its core that a program loads, with the number of files that do. */
export function honoModules(modules: Modules): Record<string, number> {
  const found: Record<string, number> = {};
  for (const path of modules.paths) {
    if (!modules.packagesOf(path).includes('hono')) continue;
    const file = modules.file(path);
    if (file === null) continue;
    const own = new Set(loadedBy(file).filter((name) => /^hono(\/|$)/.test(name) && !CORE.test(name)));
    for (const name of own) found[name] = (found[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(found).sort());
}

/** What a file imports for its values: `import`, `export … from`, `require`, `import()`. */
function loadedBy(file: ParsedFile): string[] {
  const statements = children(file.program, 'body').filter(
    (node) =>
      /^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) &&
      field(node, 'importKind') !== 'type' &&
      field(node, 'exportKind') !== 'type' &&
      !isTypesOnly(children(node, 'specifiers')),
  );
  const bindings = resolveBindings(file);
  const calls = findAll(file.program, 'CallExpression', 'ImportExpression').flatMap((node) => {
    if (node.type === 'ImportExpression') return [literalText(node.source as typeof node)];
    const callee = calleeOf(node);
    const isRequire = isIdentifier(callee, 'require') && bindings.bindingOf(callee) === null;
    return isRequire ? [literalText(argumentsOf(node)[0])] : [];
  });
  return [...statements.map((node) => literalText(node.source as typeof node)), ...calls].filter(
    (name) => name !== null,
  );
}

const isTypesOnly = (specifiers: readonly { [field: string]: unknown }[]): boolean =>
  specifiers.length > 0 && specifiers.every(({ importKind }) => importKind === 'type');
