import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { child, children, isCall, isModuleExports } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, atStart, range } from '../../shared/edit/draft.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { type Named, staysInExpress, type Twin } from '../state/worlds.ts';
import { type Exported, exportsOf } from './places/exports-of.ts';

const RULE = 'worlds/twin';

/** Writes the original before its twin, exports the twin beside it, and names the twin wherever Hono needs it. */
export function writeTwin(conversion: Conversion, twin: Twin): void {
  const { work, statement, id } = twin;
  const { newline } = work.layout;
  const isLong = /^(FunctionDeclaration|Export)/.test(statement.type) || isMany(work, statement);
  const gap = isLong ? newline + newline : newline;
  const comma = statement.type === 'Property' ? ',' : '';
  const text = work.file.text.slice(statement.start, statement.end) + comma;
  work.draft.copy(atStart(statement), text + gap + work.layout.indentAt(statement.start), RULE);
  work.draft.replace(id, [isModuleExports(id) ? `module.exports.${twin.twin}` : twin.twin], RULE);
  const declaration = statement.type === 'ExportDefaultDeclaration' ? child(statement, 'declaration') : null;
  if (declaration !== null)
    work.draft.replace(range(statement, statement.start, declaration.start), ['export '], RULE);
  const others = twin.places.filter((place) => place.work !== work && place.work.draft.keeps(place.node));
  for (const each of others.length === 0 ? [] : exportsOf(twin)) writeExport(twin, each);
  for (const place of twin.places) {
    if (place.work === work && place.work.draft.keeps(place.node)) rename(place, twin.twin);
  }
  for (const barrel of new Set(others.map((each) => each.barrel)))
    if (barrel !== undefined) writeBarrel(twin, barrel);
  for (const item of new Set(others.map(({ imported }) => imported?.item ?? null))) {
    const places = others.filter(({ imported }) => (imported?.item ?? null) === item);
    const [first] = places;
    if (first === undefined) continue;
    const name = item === null ? exportedName(twin) : writeImport(conversion, twin, first, item);
    for (const place of places) rename(place, name);
  }
}

const isMany = (work: FileWork, statement: SyntaxNode): boolean =>
  work.file.text.slice(statement.start, statement.end).includes('\n');

const isWholeModule = (twin: Twin): boolean => exportsOf(twin).some(({ name }) => name === 'module');

const exportedName = (twin: Twin): string => (isWholeModule(twin) ? 'inHono' : twin.twin);

function rename({ work, node }: Named, name: string): void {
  const up = work.parents.get(node);
  const isShort = up?.type === 'Property' && up.shorthand === true;
  if (isCall(node)) work.draft.insert(atEnd(node), `.${name}`, RULE);
  else work.draft.replace(node, [isShort ? `${String(node.name)}: ${name}` : name], RULE);
}

function writeExport({ work, twin, binding }: Twin, { name, by }: Exported): void {
  if (by === null || binding === null) return;
  const { newline, semicolon } = work.layout;
  const line = (text: string) => work.draft.insert(atEnd(by), `${newline}${text}${semicolon}`, RULE);
  if (by.type === 'ExportSpecifier' || by.type === 'Property')
    work.draft.insert(atEnd(by), `, ${twin}`, RULE);
  else if (by.type === 'ExportDefaultDeclaration') line(`export { ${twin} }`);
  else line(name === 'module' ? `module.exports.inHono = ${twin}` : `exports.${twin} = ${twin}`);
}

/** Hands the twin on beside the original. */
function writeBarrel(twin: Twin, { work, statement, source }: NonNullable<Named['barrel']>): void {
  const { newline, semicolon } = work.layout;
  const line = `export { ${twin.twin} } from ${work.file.text.slice(source.start, source.end)}${semicolon}`;
  work.draft.insert(atEnd(statement), newline + line, RULE);
}

/** Brings the twin into a file that imports the original. Returns what it is called there. */
function writeImport(
  conversion: Conversion,
  twin: Twin,
  { work, imported }: Named,
  item: SyntaxNode,
): string {
  const { newline, semicolon } = work.layout;
  const exported = exportedName(twin);
  const original = String(imported?.binding.name);
  // A whole module is the original: the twin is a member of it.
  if (isWholeModule(twin) && (item.type === 'VariableDeclaration' || item.type === 'ImportDefaultSpecifier'))
    return `${original}.${exported}`;
  const local = freshName(work.bindings.module, exported, work.taken);
  work.taken.add(local);
  if (item.type === 'ImportSpecifier' || item.type === 'Property') {
    const separator = item.type === 'Property' ? ': ' : ' as ';
    const text = local === exported ? exported : `${exported}${separator}${local}`;
    const isNeeded = imported?.binding.references.some(
      ({ node, type }) => type || staysInExpress(conversion, work.file.path, node),
    );
    if (isNeeded === true) work.draft.insert(atEnd(item), `, ${text}`, RULE);
    else work.draft.replace(item, [text], RULE);
    return local;
  }
  const statement = item.type === 'VariableDeclaration' ? item : work.parents.get(item);
  if (statement === undefined) return local;
  const source = child(statement, 'source');
  const [declarator] = children(statement, 'declarations');
  const init = declarator === undefined ? null : child(declarator, 'init');
  const module = init === null ? null : child(init, 'object');
  const text = (node: SyntaxNode) => work.file.text.slice(node.start, node.end);
  const line =
    source !== null
      ? `import { ${exported === local ? exported : `${exported} as ${local}`} } from ${text(source)}`
      : `const ${local} = ${module === null ? '' : text(module)}.${exported}`;
  work.draft.insert(atEnd(statement), `${newline}${line}${semicolon}`, RULE);
  return local;
}
