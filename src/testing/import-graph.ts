import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Texts of source files by their path. */
export type Files = ReadonlyMap<string, string>;

/** What a file imports and exports from elsewhere, types included, as it is written. */
export function importsOf(path: string, text: string): string[] {
  const { module } = parseSync(path, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start, moduleRequest.end),
  );
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...dynamic.filter((request) => /^['"]/.test(request)).map((request) => request.slice(1, -1)),
  ];
}

/** Paths that each file imports by a relative specifier. */
export const importGraph = (files: Files): Map<string, string[]> =>
  new Map(
    [...files].map(([path, text]) => [
      path,
      importsOf(path, text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(path), specifier)),
    ]),
  );

/** The strongly connected components of more than one file (Tarjan): each of them imports, by others, itself. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (path: string): number => {
    const own = index.size;
    index.set(path, own);
    low.set(path, own);
    stack.push(path);
    for (const next of graph.get(path) ?? []) {
      if (!graph.has(next)) continue;
      const reached = index.has(next) ? (stack.includes(next) ? (index.get(next) ?? own) : own) : visit(next);
      low.set(path, Math.min(low.get(path) ?? own, reached));
    }
    if (low.get(path) === own) {
      const members = stack.splice(stack.indexOf(path));
      if (members.length > 1) found.push(members.sort());
    }
    return low.get(path) ?? own;
  };
  for (const path of graph.keys()) if (!index.has(path)) visit(path);
  return found;
}
