import { isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import type { Worlds } from '../state/worlds.ts';
import { importName, parityName } from './imports.ts';

/** The object of a registration as the converted text names it. */
export function objectText(conversion: Conversion, work: FileWork, object: SyntaxNode): string {
  const { worlds } = conversion;
  const text = work.file.text.slice(object.start, object.end);
  if (worlds === null) return text;
  if (isElsewhere(worlds, work, object)) {
    const type = work.file.typescript
      ? `<${importName(conversion, work, 'env', 'AppEnv', { type: true })}>`
      : '';
    return `${parityName(conversion, work, 'honoBeside')}${type}(${text})`;
  }
  const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
  if (binding === null) return text;
  const { name } = worlds.home;
  if (isIdentifier(name) && binding === work.bindings.bindingOf(name)) return worlds.hono;
  return worlds.twins.find((twin) => twin.binding === binding)?.twin ?? text;
}

/** Whether the application is named where the constant of its Hono application is not known. */
const isElsewhere = ({ split }: Worlds, { file }: FileWork, object: SyntaxNode): boolean =>
  [...split.taken, ...split.both].some(
    (each) => each.isElsewhere && each.object === object && each.registrations[0]?.file === file,
  );
