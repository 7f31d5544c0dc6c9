import type { ASTNode, VariableDeclaration } from 'jscodeshift';
import { spanOf } from '../shared/transform/source.ts';
import type { Work } from '../shared/transform/work.ts';

/** Loads names of `node:test`, in the module system of the file, above what it loads already. */
export function declare(work: Work, names: ReadonlyMap<string, string>): void {
  const isModule = work.esm || isModuleByName(work);
  const between = isModule ? ' as ' : ': ';
  const list = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, local]) => [key.split(' ')[0] ?? key, local] as const)
    .map(([name, local]) => (name === local ? name : `${name}${between}${local}`))
    .join(', ');
  const source = `${work.quote}node:test${work.quote}`;
  const end = endsWithSemicolons(work) ? ';' : '';
  const line = isModule
    ? `import { ${list} } from ${source}${end}`
    : `const { ${list} } = require(${source})${end}`;
  const { start, gap } = placeFor(work, isModule);
  work.edits.push({ span: { start, end: start }, text: `${line}${gap}`, rule: 'declaration' });
}

/** Without `import` and `export`, a file's name and its package.json say what it is. */
function isModuleByName({ path, around: { manifest } }: Work): boolean {
  if (/\.c[jt]s$/.test(path)) return false;
  if (/\.m[jt]s$|\.tsx?$/.test(path)) return true;
  try {
    return JSON.parse(manifest?.text.replace(/^\uFEFF/, '') ?? '{}').type === 'module';
  } catch {
    return false;
  }
}

/** In front of the first statement that loads a module, else of the first there is. */
function placeFor(work: Work, isModule: boolean): { start: number; gap: string } {
  const body: ASTNode[] = work.root.find(work.j.Program).get().node.body;
  const loads = body.find((node) =>
    isModule ? node.type === 'ImportDeclaration' : node.type === 'VariableDeclaration' && loadsModule(node),
  );
  const first = loads ?? body[0];
  return { start: first ? spanOf(first).start : work.text.length, gap: loads ? '\n' : '\n\n' };
}

const loadsModule = ({ declarations }: VariableDeclaration): boolean =>
  declarations.some(
    (each) =>
      each.type === 'VariableDeclarator' &&
      each.init?.type === 'CallExpression' &&
      each.init.callee.type === 'Identifier' &&
      each.init.callee.name === 'require',
  );

const endsWithSemicolons = (work: Work): boolean => {
  const body: ASTNode[] = work.root.find(work.j.Program).get().node.body;
  return body.some((node) => /;\s*$/.test(work.textOf(node)));
};
