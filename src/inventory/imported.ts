import { resolveBindings } from '../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  literalText,
} from '../workspace/syntax/nodes.ts';
import type { ParsedFile } from '../workspace/syntax/parse.ts';
import { walk } from '../workspace/syntax/walk.ts';

const QUOTED = /(["'`])(?:npm:)?((?:@[\w.-]+\/)?[\w.-]+)(?:@[^"'`\n/]*)?(?:\/[^"'`\n]*)?\1/g;

/**
 * The packages, of those asked for, that a file loads when it runs. An import that only types use loads nothing: the
 * compiler leaves it out.
 */
export function loadedPackages(file: ParsedFile, wanted: ReadonlySet<string>): string[] {
  // A quoted name: only such files can load one.
  if (![...file.text.matchAll(QUOTED)].some(([, , name = '']) => wanted.has(name))) return [];
  const { bindingOf } = resolveBindings(file);
  const found = new Set<string>();
  const note = (specifier: string | null) => {
    const name = specifier?.replace(/^npm:/, '').replace(/(?<=.)@[^/]*$/, '');
    if (name !== undefined && wanted.has(name)) found.add(name);
  };
  walk(file.program, {
    enter(node) {
      if (node.type === 'ImportDeclaration') {
        if (node.importKind === 'type') return;
        const specifiers = children(node, 'specifiers');
        const runs = specifiers.some((each) => {
          const local = child(each, 'local');
          const binding = each.importKind === 'type' || local === null ? null : bindingOf(local);
          return binding?.references.some(({ type }) => !type) ?? false;
        });
        if (runs || specifiers.length === 0) note(literalText(child(node, 'source')));
      } else if (node.type === 'ImportExpression') note(literalText(child(node, 'source')));
      else if (node.type === 'TSExternalModuleReference') note(literalText(child(node, 'expression')));
      else if (/^Export(?:All|Named)Declaration$/.test(node.type) && node.exportKind !== 'type')
        note(literalText(child(node, 'source')));
      else if (isCall(node) && isIdentifier(calleeOf(node), 'require'))
        note(literalText(argumentsOf(node)[0]));
    },
  });
  return [...found];
}
