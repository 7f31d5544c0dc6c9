import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunReport } from '../model/verdict.ts';
import { migrate, shadowRun, sidesForAll } from './__fixtures__/shadow-sides.ts';

sidesForAll();

describe('a side that ends or does not start', () => {
  it('starts a side again that ends during the run: the rest is compared, and the crash has an owner', async () => {
    const options = ['--writes', 'isolated', '--json', '--out', 'out/dying'];
    const { code, documents } = await migrate(shadowRun('dying', ...options));
    expect(code).toBe(1);
    const report = RunReport.parse(documents[0]);
    expect(report.counts).toMatchObject({ compared: 4, notCompared: 0, differing: 1 });
    expect(report.reasons[0]).toBe(
      'The new side ended at ALL /die (exchange 3) and was started again, everything before it sent anew: exit code 3, without a word',
    );
    expect(report.sides.new).toMatchObject({ crash: null, endings: [{ exchange: 3, startedAgain: true }] });
    expect(report.cells.filter(({ explained }) => !explained)).toMatchObject([
      {
        ...{ route: 'ALL /die', location: 'transport', exemplars: [{ new: 'CRASHED' }] },
        owner: { kind: 'codemod' },
      },
    ]);
    // Effects are those of the last start: what was written before is there once.
    expect(report.effects).toMatchObject({ same: 0, explained: 1, different: 0 });
  });

  it('asks a route no more that ended the new side twice, and compares what comes after', async () => {
    const options = ['--traffic', 'deadly.har', '--json', '--no-attribute', '--out', 'out/deadly'];
    const report = RunReport.parse((await migrate(shadowRun('dying', ...options))).documents[0]);
    expect(report.sides.new.endings?.map(({ exchange }) => exchange)).toEqual([1, 3]);
    expect(report.notCompared).toMatchObject([
      { exchange: 4, reason: 'ALL /die ended the new side 2 times before it' },
    ]);
    expect(report.counts).toMatchObject({ compared: 4, notCompared: 1 });
  });

  // Every answer of the corners: src/shadow/attribute/attribute.test.ts.
  it('gives a crash its owner by asking both corners', async () => {
    const sides = ['--old', 'node@22:picky', '--new', 'node@26:picky-too'];
    const options = ['--writes', 'isolated', '--json', '--out', 'out/owner'];
    const args = ['shadow', 'run', ...sides, '--traffic', 'traffic.har', ...options];
    const report = RunReport.parse((await migrate(args)).documents[0]);
    expect(report.counts).toMatchObject({ compared: 4, notCompared: 0 });
    expect(report.cells.find(({ location }) => location === 'transport')?.owner?.kind).toBe('runtime');
  });

  it.each([
    ['runtime', 'fussy', 'fussy-too'],
    ['codemod', 'right', 'broken'],
    ['interaction', 'right', 'fussy'],
    ['either', 'fussy', 'broken'],
  ])('says who it is when the new side does not start: %s', async (owner, old, next) => {
    const sides = ['--old', `node@22:${old}`, '--new', `node@26:${next}`];
    const out = join('out', `start-${owner}`);
    const { code, text } = await migrate([
      ...['shadow', 'run', ...sides, '--traffic', 'traffic.har', '--out', out],
    ]);
    expect(code).toBe(3);
    expect(text).toContain(`Not the old side: the new one does not start. Owner: ${owner}.`);
    expect(text).toMatch(/no such luck|not on this one/);
  });

  it('gives a crash that the newest release does not have to the release, and says to upgrade', async () => {
    const sides = ['--old', 'node@26:right', '--new', 'node@22:outgrown'];
    const options = ['--traffic', 'traffic.har', '--writes', 'isolated', '--out', 'out/outgrown'];
    const { code, text } = await migrate(['shadow', 'run', ...sides, ...options]);
    expect(code).toBe(1);
    expect(text).toMatch(/owner the runtime, reached only by the new code; gone in node \d/);
    expect(text).toMatch(/next +the difference is gone in node \d+\.\d+\.\d+: upgrade next/);
  });

  it('gives a failed start that the newest release does not have to the release', async () => {
    const sides = ['--old', 'node@26:right', '--new', 'node@22:late'];
    const { code, text } = await migrate([
      ...['shadow', 'run', ...sides, '--traffic', 'traffic.har', '--out', 'out/late'],
    ]);
    expect(code).toBe(3);
    expect(text).toContain('Owner: runtime.');
    expect(text).toMatch(/a fault of node 22\.\d+\.\d+ that only the new code reaches, gone in node \d/);
  });
});
