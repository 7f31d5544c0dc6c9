import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { withHandedOn } from './barrels.ts';

/** Functions that the project's own tests use by themselves, by node, with the test's path. */
export type UsedByTests = ReadonlyMap<SyntaxNode, string>;

/**
 * Finds the functions of modules that a test imports without an application or router around them: it calls them with
 * a request and response of its own, or registers them on an Express application of its own.
 */
export function usedByTests(modules: Modules, program: ExpressProgram): UsedByTests {
  const used = new Map<SyntaxNode, string>();
  const withRouters = new Set(program.routers.map(({ file }) => file.path));
  for (const test of modules.paths.filter(isTestFile)) {
    for (const imported of modules.importsOf(test)) {
      if (withRouters.has(imported)) continue;
      const reached = withHandedOn(modules, imported);
      for (const { file, node } of program.functions)
        if (reached.has(file.path) && !withRouters.has(file.path)) used.set(node, used.get(node) ?? test);
    }
  }
  return used;
}
