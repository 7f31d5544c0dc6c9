import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProbeTable } from '../model/probe-table.ts';
import { installedRuntimes, parseSpec, provisionRuntime } from '../runtimes/index.ts';
import { readProbeTables, tableFile } from '../workspace/tables/probes.ts';
import { askSurely } from './ask.ts';
import type { Host } from './host.ts';
import { listSubjects, measure, tableDifferences, tableText } from './index.ts';

const signal = new AbortController().signal;
const table = (name: string): ProbeTable => {
  const found = readProbeTables().find((one) => tableFile(one) === `${name}.yaml`);
  if (!found) throw new Error(`no table ${name}`);
  return found;
};
/** `level` of one thing, as a table says it. */
const level = (own: ProbeTable, module: string, check: string): string => {
  const one = own.modules.find((each) => each.module === module);
  if (one?.missing !== undefined) return 'module-missing';
  if (one?.works.includes(check)) return 'works';
  const [member, ...of] = check.split(' ');
  return (
    one?.found.find((each) => each.member === member && (each.of ?? '') === of.join(' '))?.level ??
    'not asked'
  );
};
const levels = (name: string, asked: readonly (readonly [string, string])[]) =>
  Object.fromEntries(
    asked.map(([module, check]) => [`${module}.${check}`, level(table(name), module, check)]),
  );

describe('the tables that are shipped', () => {
  it('say which calls Bun accepts without doing anything', () => {
    const noOps = [
      ['(flags)', '--permission'],
      ['(flags)', '--max-old-space-size'],
      ['(environment)', 'NODE_OPTIONS --require'],
      ['async_hooks', 'createHook'],
      ['async_hooks', 'executionAsyncId'],
      ['perf_hooks', 'performance.eventLoopUtilization'],
      ['perf_hooks', 'PerformanceObserver gc'],
      ['module', '_load'],
      ['diagnostics_channel', 'subscribe http.server.request.start'],
    ] as const;
    expect(Object.values(levels('bun-1.4.5', noOps))).toEqual(noOps.map(() => 'no-op'));
    expect(
      levels('bun-1.4.5', [
        ['(environment)', '.env'],
        ['v8', 'serialize'],
        ['crypto', 'createECDH secp256k1'],
        ['crypto', 'createCipheriv chacha20-poly1305'],
      ]),
    ).toEqual({
      '(environment)..env': 'differs',
      'v8.serialize': 'differs',
      'crypto.createECDH secp256k1': 'throws',
      'crypto.createCipheriv chacha20-poly1305': 'throws',
    });
  });

  it('say what is only there by name on Workers', () => {
    const throwing = [
      ['child_process', 'spawn'],
      ['cluster', 'fork'],
      ['worker_threads', 'Worker'],
      ['vm', 'runInNewContext'],
      ['v8', 'writeHeapSnapshot'],
      ['perf_hooks', 'monitorEventLoopDelay'],
      ['sqlite', 'DatabaseSync'],
    ] as const;
    expect(Object.values(levels('workers-2026-11-17', throwing))).toEqual(throwing.map(() => 'throws'));
    const nothing = [
      ['os', 'cpus'],
      ['process', 'memoryUsage'],
    ] as const;
    expect(Object.values(levels('workers-2026-11-17', nothing))).toEqual(['no-op', 'no-op']);
    expect(level(table('workers-2025-09-15'), 'child_process', 'spawn')).toBe('module-missing');
  });

  it('hold Node to the same questions: what is expected is what Node does', () => {
    for (const name of ['node-22.23.5', 'node-24.22.3']) {
      const wrong = table(name).modules.flatMap(({ module, found }) =>
        found.filter(({ level: own }) => own !== 'member-missing').map(({ member }) => `${module}.${member}`),
      );
      // Node 22 has no URLPattern; --loader and --permission of a release are its own.
      expect(wrong.filter((one) => !['(globals).URLPattern', '(flags).--permission'].includes(one))).toEqual(
        [],
      );
    }
  });

  it('are the files that are named after their runtime', () => {
    const names = readdirSync(new URL('../../playbooks/data/probes/', import.meta.url));
    expect(names.sort()).toEqual(readProbeTables().map(tableFile).sort());
  });
});

describe('asked again', () => {
  it('every subject has a file of its own and no check twice', async () => {
    const all = await listSubjects();
    expect(all.length).toBeGreaterThan(40);
    expect(new Set(all.map(({ subject }) => subject.module)).size).toBe(all.length);
  });

  it('Node and Workers say what their tables say', async () => {
    const reference = [await provisionRuntime(await parseSpec('node@22'), {})];
    const only = ['os'];
    for (const spec of ['node@22', 'workers@2026-11-17']) {
      const runtime = await provisionRuntime(await parseSpec(spec), {});
      const options = { reference, only, asOf: '2026-11-29', signal, progress: () => {} };
      const now = await measure(runtime, options);
      const kept = readProbeTables().find((one) => tableFile(one) === tableFile(now));
      if (!kept) continue;
      const part = {
        ...kept,
        modules: kept.modules
          .filter(({ module }) => only.includes(module))
          .map((one) => ({ ...one, absent: [] })),
      };
      const own = { ...now, modules: now.modules.map((one) => ({ ...one, absent: [] })) };
      expect(tableDifferences(part, own)).toEqual([]);
    }
  });

  it('a table reads back as it was written, and a changed statement is a difference', () => {
    const kept = table('bun-1.4.5');
    expect(readFileSync(new URL('../../playbooks/data/probes/bun-1.4.5.yaml', import.meta.url), 'utf8')).toBe(
      tableText(kept),
    );
    const changed = {
      ...kept,
      modules: kept.modules.map((one) =>
        one.module === 'os' ? { ...one, works: one.works.filter((name) => name !== 'cpus') } : one,
      ),
    };
    expect(tableDifferences(kept, changed)).toEqual([{ what: 'os.cpus', kept: 'works', now: 'nothing' }]);
  });

  it('what fails once and works alone, works', async () => {
    let runs = 0;
    const host: Host = {
      ask: async (_, checks) => ({
        unloadable: null,
        answers: checks.map((check) => ({
          check,
          level: ++runs === 1 ? ('throws' as const) : ('works' as const),
          saw: '',
        })),
      }),
      tell: async () => ({ says: '', modules: {} }),
    };
    const { answers } = await askSurely(host, { name: 'x', text: '' }, ['a']);
    expect([answers, runs]).toEqual([[{ check: 'a', level: 'works', saw: '' }], 3]);
  });

  it('knows every runtime that is here by its exact version', async () => {
    const all = await installedRuntimes();
    expect(
      all.some(({ spec: { name }, version }) => name === 'node' && version === process.versions.node),
    ).toBe(true);
  });
});
