import { describe, expect, it } from 'vitest';
import type { Cell, DifferenceKind } from '../../model/comparison.ts';
import { attributed, cell } from './__fixtures__/attributed.ts';

describe('an owner', () => {
  it('is told by the two corners: codemod, runtime, each alone, or only both together', async () => {
    const [a, b, c, d] = ['header:a', 'header:b', 'header:c', 'header:d'].map((one) => cell(one));
    if (!a || !b || !c || !d) throw new Error('no cells');
    const { owners, asked } = await attributed([a, b, c, d], {
      'new/old': [a, c],
      'old/new': [b, c],
      'new/new': [a, b, c, d],
    });
    expect(owners).toEqual(['codemod', 'runtime', 'either', 'interaction']);
    // Only the session that differed is replayed, and the run's own corner only because a cell showed in neither.
    expect(asked.map(({ corner }) => `${corner.code}/${corner.runtime}`)).toEqual([
      'new/old',
      'old/new',
      'new/new',
    ]);
    expect(asked[0]?.exchanges).toEqual([1, 2]);
  });

  it('is not known where a difference does not show again, or another status does', async () => {
    const status = (next: string): Cell =>
      cell('status', {
        kind: 'status' as DifferenceKind,
        exemplars: [{ exchange: 1, request: 'x', old: '200', new: next }],
      });
    const { owners, report } = await attributed([cell('header:a'), status('500')], {
      'new/old': [status('404')],
      'new/new': [status('500')],
    });
    expect(owners).toEqual(['unknown', 'interaction']);
    expect(report.cells[0]?.owner?.why).toContain('did not show again');
  });

  it.each([
    ['the code alone', '2146', 'codemod'],
    ['the runtime alone', '0', 'runtime'],
    ['neither', '9', 'either'],
  ])(
    'is the corner that gives the very same, where both part from the old answer at one place: %s',
    async (_, next, owner) => {
      const length = (shown: string) =>
        cell('header:content-length', { exemplars: [{ exchange: 1, request: 'x', old: null, new: shown }] });
      const corners = { 'new/old': [length('2146')], 'old/new': [length('0')] };
      expect((await attributed([length(next)], corners)).owners).toEqual([owner]);
    },
  );

  it('is who touches the header at all, where the other corner does not or cannot be asked', async () => {
    const emptied = cell('header:content-length', {
      exemplars: [{ exchange: 1, request: 'x', old: '23', new: '0' }],
    });
    const gone = cell('header:content-length', {
      kind: 'header-missing',
      exemplars: [{ exchange: 1, request: 'x', old: '23', new: null }],
    });
    const byCode = await attributed([emptied], { 'new/old': [gone], 'old/new': 'does not start' });
    expect(byCode.owners).toEqual(['codemod']);
    expect((await attributed([emptied], { 'old/new': [gone] })).owners).toEqual(['runtime']);
    const both = { 'new/old': [gone], 'old/new': [gone], 'new/new': [emptied] };
    expect((await attributed([emptied], both)).owners).toEqual(['interaction']);
  });

  it('of a slower route is looked for with all of its exchanges', async () => {
    const { asked } = await attributed([cell('latency', { kind: 'latency' })], {});
    expect(asked[0]?.exchanges).toEqual([1, 2, 3]);
  });

  it('claims no more than a corner that cannot be run lets it', async () => {
    const { owners, report } = await attributed([cell('header:a'), cell('header:b')], {
      'new/old': [cell('header:a')],
      'old/new': 'old code on bun does not start: no such thing.',
    });
    expect(owners).toEqual(['codemod', 'unknown']);
    expect(report.cells[1]?.owner?.why).toMatch(/^Not the code alone: .* cannot be asked on bun 1\.4\.5\.$/);
    expect(report.attribution?.corners[1]?.failed).toContain('does not start');
  });

  it('of a malformed request is the runtime where the new code on the old one answers as before', async () => {
    const probes = ['probe:malformed/both-lengths', 'probe:abort/GET /x'].map((place) => cell(place));
    const { owners } = await attributed(probes, {
      'new/old': [],
      'old/new': 'old code on bun does not start: no such thing.',
    });
    expect(owners).toEqual(['runtime', 'unknown']);
  });

  it('needs no corner where only one thing changed', async () => {
    const { owners, asked } = await attributed([cell('header:a')], {}, { sameCode: true });
    expect(owners).toEqual(['runtime']);
    expect(asked).toEqual([]);
  });
});
