import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion } from '../state/conversion.ts';

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
    for (const target of modules.importsOf(test)) {
      if (withRouters.has(target)) continue;
      for (const { file, node } of program.functions) if (file.path === target) used.set(node, test);
    }
  }
  return used;
}

/** What the tests use stays as it is, where it can be bridged: else their results would change. */
export function keepForTests(conversion: Conversion, used: UsedByTests): void {
  // In Hono's part they have a twin.
  if (conversion.options.target === 'workers' || conversion.worlds !== null) return;
  for (const unit of conversion.units.values()) {
    const test = used.get(unit.fn.node);
    if (test === undefined) continue;
    const { location } = unit.fn;
    conversion.problems.push({ location, rule: 'tests/used', reason: `${test} uses it by itself`, unit });
  }
}
