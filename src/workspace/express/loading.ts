import type { Flow } from '../syntax/flow/flow.ts';
import { argumentsOf, child, children } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
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
