import type { Flow } from '../syntax/flow/flow.ts';
import { argumentsOf, child, children, isIdentifier } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, firstAwait, parentsOf } from '../syntax/walk.ts';
import type { Place } from './program.ts';

/** `import … from './settings'`: its module is loaded with the importer. */
export const importsStatically = (flow: Flow, importer: ParsedFile, path: string): boolean =>
  importsOf(flow, importer, path).length > 0;

function importsOf(flow: Flow, importer: ParsedFile, path: string): SyntaxNode[] {
  return children(importer.program, 'body').filter((statement) => {
    const source = child(statement, 'source');
    if (!/^(Import|ExportNamed|ExportAll)Declaration$/.test(statement.type) || source === null) return false;
    const target = flow.modules.resolve(importer.path, String(source.value));
    return target.kind === 'file' && target.path === path;
  });
}

/** Where the module of a file is loaded, by `import` and `require`. */
export const loadersOf = (flow: Flow, { path }: ParsedFile): Place[] =>
  flow.modules
    .importersOf(path)
    .flatMap((each) => flow.files.get(each) ?? [])
    .flatMap((file) =>
      [...importsOf(flow, file, path), ...requiresOf(flow, file, path)].map((node) => ({ file, node })),
    );

/** `require('./settings')` calls of a file. */
export function requiresOf(flow: Flow, importer: ParsedFile, path: string): SyntaxNode[] {
  return flow
    .expressionsIn(importer)
    .flatMap(([node, { values }]) =>
      node.type === 'CallExpression' &&
      [...values].some((value) => value.kind === 'module' && value.path === path) &&
      argumentsOf(node).length === 1
        ? [node]
        : [],
    );
}

/**
 * Why a place certainly runs only after the modules are loaded: it stands in a callback that is handed to code of others,
 * behind an `await` of a function, or in a module that only such places load. Null where it does not, or where nothing that
 * is known calls it.
 *
 * @param isInTime whether what a call is handed as a callback runs early enough all the same
 */
export function afterLoad(
  flow: Flow,
  file: ParsedFile,
  node: SyntaxNode,
  isInTime: (call: SyntaxNode) => boolean = () => false,
  seen: readonly SyntaxNode[] = [],
): string | null {
  const around = enclosingFunction(file, node);
  const scope = around ?? file.program;
  if (seen.includes(scope)) return null;
  if (around !== null && firstAwait(around) < node.start) return 'it runs once something is awaited';
  const places = around === null ? lateLoadersOf(flow, file) : (flow.functionOf(around)?.calls ?? []);
  if (places.length === 0 && around !== null) {
    const up = parentsOf(file).get(around);
    if (up === undefined || !children(up, 'arguments').includes(around)) return null;
    if (up.type === 'CallExpression') return isInTime(up) ? null : 'it stands in a callback';
    // A promise runs what it is made of at once.
    return up.type === 'NewExpression' && isIdentifier(child(up, 'callee'), 'Promise')
      ? afterLoad(flow, file, up, isInTime, [...seen, scope])
      : null;
  }
  const found = places.map((each) => afterLoad(flow, each.file, each.node, isInTime, [...seen, scope]));
  return found.every((each) => each !== null) ? (found[0] ?? null) : null;
}

/** The `require` calls that load a module; none where one imports it, or what loads it is not known. */
function lateLoadersOf(flow: Flow, { path }: ParsedFile): Place[] {
  const importers = flow.modules.importersOf(path).flatMap((each) => flow.files.get(each) ?? []);
  const calls = importers.map((file) =>
    importsStatically(flow, file, path) ? [] : requiresOf(flow, file, path).map((node) => ({ file, node })),
  );
  return calls.some((each) => each.length === 0) ? [] : calls.flat();
}
