import { describe, expect, it } from 'vitest';
import type { ScriptRun } from '../model/scripts.ts';
import { judge, unusable } from './judge.ts';
import type { Done } from './run.ts';

type Ran = ScriptRun['ran'][number];
const ran = (runtime: Ran['runtime'], file: string | null = 'tools/report.js'): Ran => ({
  ...{ runtime, version: '1.0.0', file, starter: false, processes: 1 },
});

interface Told {
  out?: string[];
  err?: string[];
  files?: [string, string | null][];
}

const done = (run: Partial<ScriptRun> = {}, { out = [], err = [], files = [] }: Told = {}): Done => ({
  run: {
    ...{ command: 'run x', exitCode: 0, stoppedAfter: null, wallMs: 1, cpuMs: 1, written: [], tests: null },
    ...{ ran: [ran('bun')], ...run },
  },
  ...{ out, err, files: new Map(files) },
});
const node = (run: Partial<ScriptRun> = {}, told?: Told) => done({ ran: [ran('node')], ...run }, told);
const tests = (passed: string[], failed: string[] = []) => ({ tests: { passed, failed, skipped: [] } });
const said = (today: Done, bun: Done, isTest = false, again: Done | null = null) =>
  judge(today, bun, isTest, again).differences.map(({ kind, sentence }) => `${kind}: ${sentence}`);

describe('what a script does otherwise on Bun', () => {
  it('is nothing where both did the same', () => {
    const told: Told = { out: ['a'], err: ['b'], files: [['c.txt', 'd']] };
    expect(judge(node({}, told), done({}, told), false, null)).toEqual({
      ...{ outcome: 'same', reason: null, differences: [], notes: [] },
    });
  });

  it.each<[string, Done, Done, boolean, string]>([
    ['its exit code', node(), done({ exitCode: 2 }), false, 'exit: exit code 0 today, 2 on Bun'],
    [
      'that it goes on',
      node(),
      done({ exitCode: null, stoppedAfter: 5000 }),
      false,
      'exit: it did not end within 5 s on Bun',
    ],
    [
      'a line',
      node({}, { out: ['a'] }),
      done({}, { out: ['b'] }),
      false,
      'output: stdout: “a” today, “b” on Bun',
    ],
    [
      'a line less',
      node({}, { err: ['a'] }),
      done(),
      false,
      'output: stderr: “a” today, nothing more on Bun',
    ],
    [
      'a file',
      node({}, { files: [['a', 'x']] }),
      done({}, { files: [['a', 'y']] }),
      false,
      'files: a holds something else when Bun has written it',
    ],
    [
      'a file less',
      node({}, { files: [['a', 'x']] }),
      done(),
      false,
      'files: a is written today and not on Bun',
    ],
    [
      'a file that stays',
      node({}, { files: [['a', null]] }),
      done(),
      false,
      'files: a is removed today and not on Bun',
    ],
    [
      'the runtime',
      node(),
      done({ ran: [ran('bun'), ran('node', 'bin/tool')] }),
      false,
      'runtime: `bun run` started Node, which ran bin/tool',
    ],
    [
      'a runtime that is not seen',
      node(),
      done({ ran: [] }),
      false,
      'runtime: which runtime ran could not be seen: no process of Bun came to say so',
    ],
    [
      'a missing test',
      node(tests(['a', 'b'])),
      done(tests(['a'])),
      true,
      'tests: the test “b” that ran on Node did not run on Bun',
    ],
    [
      'a test that fails',
      node(tests(['a'])),
      done(tests([], ['a'])),
      true,
      'tests: the test “a” passed on Node and failed on Bun',
    ],
    ['no test at all', node(tests(['a'])), done(tests([])), true, 'tests: 1 tests ran today and none on Bun'],
  ])('%s', (_, today, bun, isTest, sentence) => {
    expect(said(today, bun, isTest)).toEqual([sentence]);
  });

  it('is not what differs on Node from run to run', () => {
    const [first, second] = [node({}, { out: ['at 1'] }), node({}, { out: ['at 2'] })];
    expect(said(first, done({}, { out: ['at 3'] }), false, second)).toEqual([]);
  });
});

it('a run that fails today, does not end or runs no test proves nothing', () => {
  expect(unusable(node())).toBeNull();
  expect(unusable(node({ exitCode: 1 }))).toMatch(/fails today/);
  expect(unusable(node({ stoppedAfter: 1000 }))).toMatch(/did not end/);
  expect(unusable(node(tests([])))).toMatch(/0 tests/);
});
