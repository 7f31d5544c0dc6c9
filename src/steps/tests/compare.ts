import type { TestCase } from './report.ts';

/** Two runs of the same tests, by names and counts. */
export interface TestDifference {
  /** Passed before, and fail now. */
  failing: string[];
  /** Were run before, and were not run now. */
  missing: string[];
  /** Are only run now. */
  added: string[];
  passed: { before: number; after: number };
}

/**
 * Compares by name; a name that several tests have counts as often. Where one report has suites in front of names and the
 * other has not (the runner is another one now), by what both have.
 */
export function compareTests(before: readonly TestCase[], after: readonly TestCase[]): TestDifference {
  const isSame = [before, after].every((cases) => cases.every(({ title }) => title !== undefined));
  const names = (cases: readonly TestCase[]): string[] =>
    cases.map(({ name, title }) => (isSame ? name : (title ?? name)));
  const ran = (cases: readonly TestCase[]) => cases.filter(({ outcome }) => outcome !== 'skipped');
  const passed = (cases: readonly TestCase[]) => cases.filter(({ outcome }) => outcome === 'passed');
  const missing = less(names(ran(before)), names(ran(after)));
  const failing = less(names(passed(before)), names(passed(after))).filter((name) => !missing.includes(name));
  return {
    ...{ failing, missing, added: less(names(ran(after)), names(ran(before))) },
    passed: { before: passed(before).length, after: passed(after).length },
  };
}

/** What is in the first list more often than in the second. */
function less(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
