import { describe, expect, it } from 'vitest';
import { shippedRules } from './load.ts';
import { matches } from './match.ts';
import { probeTable, withProbes } from './probed.ts';
import type { Subject } from './subjects.ts';

const use = (name: string, member: string | null): Subject => ({
  ...{ kind: 'builtin', name, member },
  location: { file: 'src/x.ts', line: 12, column: 3 },
});
const found = (name: 'bun' | 'deno' | 'node' | 'workers', spec: string, ...subjects: Subject[]) => {
  const target = { name, spec };
  const rules = shippedRules().filter(({ severity }) => severity !== 'advice');
  const all = matches(withProbes(rules, target), target, subjects);
  // Without those that are said of every application.
  return all.flatMap(({ rule: { id, severity, source, asOf }, sentence, places: [location] }) =>
    location ? { id, severity, source, asOf, sentence, location } : [],
  );
};

describe('what was called on the target decides', () => {
  it('a member of which no row speaks is named with its place, what was seen, the exact runtime and the day', () => {
    expect(found('bun', 'bun@1.4', use('inspector', 'Session'))).toMatchObject([
      {
        id: 'probe-bun-inspector.Session',
        severity: 'blocks',
        sentence: 'inspector.Session was called and fails on Bun 1.4.5: no answer',
        location: { file: 'src/x.ts', line: 12 },
        source: 'migrate probe runtimes on Bun 1.4.5',
        asOf: expect.stringMatching(/^2026-/),
      },
    ]);
    expect(found('workers', 'workers@2026-11-17', use('os', 'cpus'))).toMatchObject([
      {
        severity: 'differs',
        sentence: expect.stringContaining('os.cpus was called and does nothing on Workers 2026-11-17'),
      },
    ]);
  });

  it('a row that was found by calling cites the table of the runtime that is asked for', () => {
    const spawn = found('workers', 'workers@2026-11-17', use('child_process', 'spawn'));
    expect(spawn).toMatchObject([
      {
        id: 'builtins-workers',
        source: expect.stringMatching(/^migrate probe runtimes on Workers 2026-11-17 \(workerd /),
      },
    ]);
  });

  it('the compatibility date decides which table that is', () => {
    expect(probeTable({ name: 'workers', spec: 'workers@2025-12-31' })?.compatibilityDate).toBe('2025-09-15');
    expect(probeTable({ name: 'workers', spec: 'workers@2020-01-01' })).toBeNull();
    expect(found('workers', 'workers@2025-09-15', use('perf_hooks', 'performance'))).toMatchObject([
      { sentence: expect.stringMatching(/^node:perf_hooks cannot be imported on Workers 2025-09-15/) },
    ]);
  });

  it('a version without a table is judged by rows alone', () => {
    expect(probeTable({ name: 'bun', spec: 'bun@0.8' })).toBeNull();
    expect(found('bun', 'bun@0.8', use('inspector', 'Session'))).toEqual([]);
  });

  it('what was called and works is nothing to say, whatever the row of its module says', () => {
    expect(
      found(
        'workers',
        'workers@2026-11-17',
        use('cluster', 'isPrimary'),
        use('crypto', 'createHash'),
        use('http', 'get'),
      ),
    ).toEqual([]);
    expect(found('node', 'node@24', use('fs', 'readFileSync'), use('child_process', 'spawn'))).toEqual([]);
  });

  it('that one argument fails says nothing of a use whose arguments are not known', () => {
    expect(found('bun', 'bun@1.4', use('crypto', 'createCipheriv'))).toEqual([]);
  });

  it('a flag that Bun accepts without an effect is named', () => {
    const flag: Subject = {
      kind: 'flag',
      name: '--enable-source-maps',
      location: { file: 'package.json', line: 4, column: 5 },
    };
    expect(found('bun', 'bun@1.4', flag)).toMatchObject([
      { severity: 'differs', sentence: 'Bun 1.4.5 accepts --enable-source-maps, and it has no effect' },
    ]);
    expect(found('node', 'node@24', flag)).toEqual([]);
  });
});
