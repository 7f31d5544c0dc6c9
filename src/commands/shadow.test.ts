import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunReport } from '../model/verdict.ts';
import { migrate, root, shadowRun, sidesForAll } from './__fixtures__/shadow-sides.ts';

sidesForAll();

/** Scratch folders of this process: other runs on the machine have their own. */
const scratches = () =>
  new Set(readdirSync(tmpdir()).filter((name) => name.startsWith(`migrate-shadow-${process.pid}-`)));

describe('migrate shadow run', () => {
  it('passes the same application, writes all reports, and leaves both folders as they were', async () => {
    const { code, text } = await migrate(shadowRun('right', '--writes', 'isolated', '--out', 'out/pass'));
    expect(text).toContain('PASS   0 unexplained differences in 4 exchanges.');
    expect(code).toBe(0);
    expect(existsSync(join(root, 'right/state.txt'))).toBe(false);
    const report = RunReport.parse(JSON.parse(readFileSync(join(root, 'out/pass/report.json'), 'utf8')));
    expect(report.sides.old).toMatchObject({ runtime: 'node', dir: 'right', isolated: true, crash: null });
    expect(report.rules.find(({ id }) => id === 'own-address')?.exchanges).toBe(4);
    expect(readFileSync(join(root, 'out/pass/report.html'), 'utf8')).toContain('PASS');
    expect(existsSync(join(root, 'out/pass/report.md'))).toBe(true);
    expect(existsSync(join(root, 'out/pass/logs/new/stderr.log'))).toBe(true);
  });

  it('fails another one with exit code 1, and prints one JSON document with --json', async () => {
    const { code, documents } = await migrate(
      shadowRun('wrong', '--writes', 'isolated', '--json', '--out', 'out/fail'),
    );
    expect(code).toBe(1);
    expect(documents).toHaveLength(1);
    expect(RunReport.parse(documents[0])).toMatchObject({
      verdict: 'FAIL',
      signatures: [{ title: 'body.greeting: value', exchanges: 4 }],
    });
  });

  it('writes under .migrate/runs, which git does not see', async () => {
    await migrate(shadowRun('right'));
    expect(readdirSync(join(root, '.migrate/runs'))).toHaveLength(1);
    expect(readFileSync(join(root, '.migrate/.gitignore'), 'utf8')).toContain('runs/');
  });

  it('sends no request that changes data unless asked to, and says so', async () => {
    const { text } = await migrate(shadowRun('right', '--out', 'out/refused'));
    expect(text).toContain('1 not compared: it may change data: sent only with --writes isolated');
  });
  it('reports what was compared when it is interrupted, and stops the sides', async () => {
    const before = scratches();
    const { code, text } = await migrate(
      shadowRun('right', '--writes', 'isolated', '--out', 'out/stopped'),
      (line) => line.startsWith('3 of'),
    );
    expect(code).toBe(130);
    expect(text).toContain('The run was interrupted after 2 of 4 exchanges.');
    const report = JSON.parse(readFileSync(join(root, 'out/stopped/report.json'), 'utf8'));
    expect(report).toMatchObject({ interrupted: true, counts: { compared: 2, notCompared: 2 } });
    expect([...scratches()].filter((name) => !before.has(name))).toEqual([]);
  });

  const BAD: [string, string[], number, RegExp][] = [
    [
      'a side that crashes at start',
      shadowRun('broken'),
      3,
      /ended with exit code 1 before it answered a request[\s\S]*no such luck/,
    ],
    ['a folder that is not there', shadowRun('gone'), 3, /gone does not exist/],
    [
      'an unknown runtime',
      ['shadow', 'run', '--old', 'node:right', '--new', 'nodde:right', '--traffic', 'traffic.har'],
      2,
      /no runtime "nodde"/,
    ],
    ['a HAR that is cut off', shadowRun('right', '--traffic', 'cut.har'), 3, /cut\.har is cut off/],
    [
      'a HAR without entries',
      shadowRun('right', '--traffic', 'empty.har'),
      7,
      /empty\.har holds no HTTP exchange/,
    ],
    [
      'no traffic file',
      shadowRun('right', '--traffic', 'none.har'),
      3,
      /none\.har cannot be read: it does not exist/,
    ],
    ['an unknown rule', shadowRun('right', '--allow', 'everything'), 2, /there is no rule "everything"/],
    ['a timeout that is no number', shadowRun('right', '--timeout', 'soon'), 2, /--timeout is a number/],
    [
      'a wrong mode of writing',
      shadowRun('right', '--writes', 'yes'),
      2,
      /--writes is "isolated" or "refused"/,
    ],
    [
      'a limits file that is none',
      shadowRun('right', '--limits', 'right/package.json'),
      3,
      /holds no list of route limits/,
    ],
    [
      'a probe that is none',
      shadowRun('right', '--probe', 'abort,ping'),
      2,
      /--probe is a list of malformed, abort/,
    ],
    [
      'a state that is not there',
      shadowRun('right', '--state', 'nowhere'),
      3,
      /--state: there is no folder nowhere/,
    ],
    [
      'a state command that fails',
      shadowRun('right', '--state-command', 'node --no-such-flag'),
      3,
      /--state-command: .*exit code 9/,
    ],
    [
      'a state command that throws, by what it throws',
      shadowRun('right', '--state-command', 'node -e "throw new Error(1 + 1)"'),
      3,
      /--state-command: .*exit code 1[\s\S]*Error: 2/,
    ],
    ['a missing option', ['shadow', 'run', '--old', 'node:right'], 2, /--new/],
  ];
  it.each(BAD)('says in one sentence what is wrong: %s', async (_, args, exitCode, message) => {
    const before = scratches();
    const { code, text } = await migrate([...args, ...(args.includes('--new') ? ['--out', 'out/bad'] : [])]);
    expect(text).toMatch(message);
    expect(code).toBe(exitCode);
    expect([...scratches()].filter((name) => !before.has(name))).toEqual([]);
  });
});
