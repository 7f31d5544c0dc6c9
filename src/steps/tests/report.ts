import { z } from 'zod';

/** One test as its runner names it. */
export interface TestCase {
  /** As its report has it: with its suites in front, or without. */
  name: string;
  /** The last part alone, where the report has both. */
  title?: string;
  outcome: 'passed' | 'failed' | 'skipped';
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    decimal || hex
      ? String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))
      : (ENTITIES[name] ?? whole),
  );

/** The tests of a JUnit file, as Node, Bun and Deno write it: elements `testcase`, with what came of them inside. */
export function readJUnit(xml: string): TestCase[] {
  const cases: TestCase[] = [];
  const plain = xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '');
  let isOpen = false;
  for (const [, close, tag, attributes = '', alone] of plain.matchAll(
    /<(\/?)(testcase|failure|error|skipped)\b((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g,
  )) {
    if (tag === 'testcase') {
      isOpen = !close && !alone;
      if (close) continue;
      const name = /\bname=(?:"([^"]*)"|'([^']*)')/.exec(attributes);
      // Node.js escapes a quote twice (measured on 20, 22 and 24), the others once.
      const own = unescaped(name?.[1] ?? name?.[2] ?? '').replaceAll('&quot;', '"');
      cases.push({ name: own, outcome: 'passed' });
    } else if (isOpen && !close) {
      const last = cases.at(-1);
      if (last) last.outcome = tag === 'skipped' ? 'skipped' : 'failed';
    }
  }
  return cases;
}

const Jest = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), title: z.string(), status: z.string() })),
    }),
  ),
});
const Mocha = z.object({
  tests: z.array(z.object({ fullTitle: z.string(), title: z.string() })),
  failures: z.array(z.object({ fullTitle: z.string() })),
  pending: z.array(z.object({ fullTitle: z.string() })),
});

/** The tests of a JSON report of Jest, or of Vitest, which writes the same. */
export function readJest(json: string): TestCase[] {
  const outcome = (status: string) =>
    status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'skipped';
  return Jest.parse(JSON.parse(json)).testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(
      ({ fullName, title, status }): TestCase => ({ name: fullName, title, outcome: outcome(status) }),
    ),
  );
}

/** The tests of Mocha's JSON report. */
export function readMocha(json: string): TestCase[] {
  const { tests, failures, pending } = Mocha.parse(JSON.parse(json));
  const names = (some: readonly { fullTitle: string }[]) => new Set(some.map(({ fullTitle }) => fullTitle));
  const [failed, skipped] = [names(failures), names(pending)];
  return tests.map(({ fullTitle: name, title }) => ({
    ...{ name, title },
    outcome: failed.has(name) ? 'failed' : skipped.has(name) ? 'skipped' : 'passed',
  }));
}
