import { describe, expect, it } from 'vitest';
import { MigrateError } from '../../model/errors.ts';
import { RunReport } from '../../model/verdict.ts';
import { renderShadowHtml } from '../../report/html.ts';
import { renderJUnit } from '../../report/junit.ts';
import { renderShadowMarkdown } from '../../report/markdown.ts';
import { printShadowRun } from '../../report/shadow/shadow.ts';
import { recordingIo } from '../../testing/io.ts';
import { sampleReport } from '../../testing/report.ts';
import { attributed, cell } from './__fixtures__/attributed.ts';

describe('on an older release', () => {
  const crash = cell('transport', { kind: 'transport' });
  const both = { 'new/old': [], 'old/new': [], 'new/new': [crash] };
  const newest = async () => 'bun 9.9.9';
  const release = { newest: 'bun 9.9.9', problem: null };

  it('what only both together show, and the newest release does not, is a fault of the release', async () => {
    const { report, asked } = await attributed(
      [crash, cell('header:a')],
      { ...both, 'new/old': [cell('header:a')] },
      { newest },
    );
    const owner = report.cells[0]?.owner;
    expect(owner).toMatchObject({
      kind: 'runtime',
      onlyNewCode: true,
      release: { ...release, result: 'gone' },
    });
    expect(owner?.why).toMatch(
      /the new code on bun 9\.9\.9 does not either: a fault of bun 1\.4\.5 that only the new code reaches/,
    );
    // The codemod's difference has no need of it: one more side, and only the sessions concerned.
    expect(report.cells[1]?.owner).toMatchObject({ kind: 'codemod' });
    expect(report.cells[1]?.owner?.release).toBeUndefined();
    expect(asked.map(({ corner }) => corner.runtime)).toEqual(['old', 'new', 'new', 'newest']);
    expect(report.attribution?.corners.at(-1)).toMatchObject({
      title: 'new code on bun 9.9.9',
      failed: null,
    });
  });

  it('what the newest release shows too stays what it was, also where it shows something else there', async () => {
    const also = await attributed([crash], { ...both, 'new/newest': [crash] }, { newest });
    expect(also.report.cells[0]?.owner).toMatchObject({
      kind: 'interaction',
      release: { ...release, result: 'also' },
    });
    const changed = cell('header:a');
    const missing = cell('header:a', { kind: 'header-missing' });
    const corners = { 'new/new': [changed], 'new/newest': [missing] };
    const { report } = await attributed([changed], corners, { newest });
    expect(report.cells[0]?.owner).toMatchObject({ kind: 'interaction', release: { result: 'otherwise' } });
  });

  it('what the runtime owns is asked as well: an upgrade may take it away', async () => {
    const { report } = await attributed([crash], {}, { newest, sameCode: true });
    expect(report.cells[0]?.owner).toMatchObject({ kind: 'runtime', release: { result: 'gone' } });
    expect(report.cells[0]?.owner?.onlyNewCode).toBeUndefined();
  });

  it('an old code that could not be asked leaves the release as the owner where the newest is clean', async () => {
    const corners = { 'new/old': [], 'old/new': 'old code on bun does not start: no entry.' };
    expect((await attributed([crash], corners, { newest })).owners).toEqual(['runtime']);
    expect((await attributed([crash], { ...corners, 'new/newest': [crash] }, { newest })).owners).toEqual([
      'interaction',
    ]);
  });

  it('nothing is claimed where the newest release is the one that runs, does not start or cannot be got', async () => {
    const same = await attributed([crash], both, { newest: async () => null });
    expect(same.owners).toEqual(['interaction']);
    expect(same.report.cells[0]?.owner?.release).toBeUndefined();
    const dead = await attributed(
      [crash],
      { ...both, 'new/newest': 'new code on bun@9 does not start: no.' },
      { newest },
    );
    expect(dead.report.cells[0]?.owner).toMatchObject({
      kind: 'interaction',
      release: {
        newest: 'bun 9.9.9',
        result: 'not-checked',
        problem: 'new code on bun@9 does not start: no.',
      },
    });
    const unreachable = await attributed([crash], both, {
      newest: async () => {
        throw new MigrateError('REGISTRY_UNREACHABLE', 'npm could not be reached.');
      },
    });
    expect(unreachable.report.cells[0]?.owner).toMatchObject({
      kind: 'interaction',
      why: expect.stringContaining('The newest release was not checked: npm could not be reached.'),
      release: { newest: null, result: 'not-checked' },
    });
  });

  it('every report says so', async () => {
    const { report } = await attributed([crash], both, { newest });
    const full = { ...sampleReport('x'), verdict: 'FAIL' as const, cells: report.cells };
    const signature = { id: 's', title: 'CRASHED', severity: 'breaking' as const, exchanges: 1, share: 1 };
    full.signatures = [{ ...signature, routes: [{ route: 'GET /notes', exchanges: 1 }], cells: [0] }];
    full.routes = full.routes
      .slice(0, 1)
      .map((row) => ({ ...row, route: 'GET /notes', status: 'different' as const }));
    const words = 'the runtime, reached only by the new code; gone in bun 9.9.9';
    const { io, printed } = recordingIo('.');
    printShadowRun(io, full, []);
    expect(printed.out.join('\n')).toContain(`owner ${words}`);
    expect(printed.out.at(-1)).toMatch(/next +the difference is gone in bun 9\.9\.9: upgrade next/);
    for (const text of [
      renderShadowHtml(full),
      renderShadowMarkdown(full),
      renderJUnit(full, { checks: [] } as never),
    ])
      expect(text.replaceAll('\\', '')).toContain(words);
    expect(RunReport.parse(JSON.parse(JSON.stringify(full))).cells[0]?.owner?.release?.result).toBe('gone');
  });
});
