import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell, DifferenceKind } from '../../model/comparison.ts';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import { RunReport } from '../../model/verdict.ts';
import { renderShadowHtml } from '../../report/html.ts';
import type { Io } from '../../report/io.ts';
import { renderJUnit } from '../../report/junit.ts';
import { renderShadowMarkdown } from '../../report/markdown.ts';
import { printShadowRun } from '../../report/shadow.ts';
import { sampleReport } from '../../testing/report.ts';
import { readChanges } from './edits.ts';
import { type AttributeOptions, attribute, type Corner } from './index.ts';

const cell = (location: string, rest: Partial<Cell> = {}): Cell => ({
  ...{ route: 'GET /notes', kind: 'header-value', location, severity: 'changed', exchanges: 1 },
  exemplars: [{ exchange: 1, request: 'GET /notes', old: 'a', new: 'b' }],
  ...rest,
});
const reportOf = (cells: Cell[]): RunReport => ({ ...sampleReport('x'), cells, notCompared: [] });
const exchange = (index: number, session: string): Exchange => ({
  ...{ schema: 'migrate/exchange', version: 1, index, source: 'har:x', session, response: null },
  request: { method: 'GET', origin: 'http://x', path: '/notes', headers: [], body: null },
});

const quietIo: Io = {
  ...{ cwd: '.', interactive: false, colors: pc.createColors(false), json: false },
  signal: new AbortController().signal,
  ...{ line: () => {}, note: () => {}, document: () => {}, progress: () => {} },
};

/** Attributes with corners that show the given cells, by `code/runtime`. */
function attributed(
  cells: Cell[],
  corners: Record<string, Cell[] | string>,
  rest: Partial<AttributeOptions> = {},
) {
  const asked: { corner: Corner; exchanges: number[] }[] = [];
  const result = attribute(reportOf(cells), {
    exchanges: [exchange(1, 's'), exchange(2, 's'), exchange(3, 't')],
    ...{ sameCode: false, routes: [], changes: { sets: 0, files: [] } },
    run: async (corner, exchanges) => {
      asked.push({ corner, exchanges: exchanges.map(({ index }) => index) });
      const shown = corners[`${corner.code}/${corner.runtime}`] ?? [];
      return typeof shown === 'string' ? shown : reportOf(shown);
    },
    ...rest,
  });
  return result.then((report) => ({ owners: report.cells.map(({ owner }) => owner?.kind), asked, report }));
}

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

  it('is the corner that gives the very same, where both part from the old answer at one place', async () => {
    const length = (next: string) =>
      cell('header:content-length', { exemplars: [{ exchange: 1, request: 'x', old: null, new: next }] });
    const { owners } = await attributed([length('2146')], {
      'new/old': [length('2146')],
      'old/new': [length('0')],
    });
    expect(owners).toEqual(['codemod']);
    const reverse = await attributed([length('0')], {
      'new/old': [length('2146')],
      'old/new': [length('0')],
    });
    expect(reverse.owners).toEqual(['runtime']);
    const neither = await attributed([length('9')], {
      'new/old': [length('2146')],
      'old/new': [length('0')],
    });
    expect(neither.owners).toEqual(['either']);
  });

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
      'unknown',
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
    const lines: string[] = [];
    printShadowRun({ ...quietIo, line: (text = '') => lines.push(text) }, full, []);
    expect(lines.join('\n')).toContain(`owner ${words}`);
    expect(lines.at(-1)).toMatch(/next +the difference is gone in bun 9\.9\.9: upgrade next/);
    for (const text of [
      renderShadowHtml(full),
      renderShadowMarkdown(full),
      renderJUnit(full, { checks: [] } as never),
    ])
      expect(text.replaceAll('\\', '')).toContain(words);
    expect(RunReport.parse(JSON.parse(JSON.stringify(full))).cells[0]?.owner?.release?.result).toBe('gone');
  });
});

describe('an owning edit', () => {
  let dir: string;
  const before =
    "app.get('/notes', (req, res) => {\n  res.set('X-Page', '1');\n  res.json([]);\n});\napp.get('/x', (req, res) => {\n  res.set('X-Page', '2');\n});\n";
  const after = before
    .replaceAll('(req, res)', '(c)')
    .replaceAll('res.set', 'c.header')
    .replace('res.json', 'return c.json');
  const edit = (old: string, next: string, rule: string, from = 0) => {
    const [start, now] = [before.indexOf(old, from), after.indexOf(next, from)];
    const line = before.slice(0, start).split('\n').length;
    return {
      ...{ codemod: 'express-to-hono', rule, line, column: 3 },
      ...{ before: { start, end: start + old.length }, after: { start: now, end: now + next.length } },
    };
  };

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'attribute-'));
    mkdirSync(join(dir, '.migrate/evidence/changesets'), { recursive: true });
    const file = {
      ...{ path: 'app.js', status: 'changed', oldText: before, newText: after },
      edits: [
        edit('(req, res)', '(c)', 'signature'),
        edit('res.set', 'c.header', 'response/set'),
        edit('res.json', 'return c.json', 'response/json'),
        edit('res.set', 'c.header', 'response/set', 80),
      ],
    };
    const set = {
      ...{
        schema: 'migrate/changeset',
        version: 1,
        codemod: 'express-to-hono',
        options: {},
        unit: 'handler',
      },
      ...{ files: [file], outcomes: [], leftForYou: [], limits: [], next: [], considered: 1 },
    };
    writeFileSync(join(dir, '.migrate/evidence/changesets/1.json'), JSON.stringify(set));
    writeFileSync(join(dir, '.migrate/evidence/changesets/torn.json'), '{"schema":');
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const routes = [
    {
      method: 'GET',
      path: '/notes',
      location: { file: 'app.js', line: 1, column: 1 },
      handler: { file: 'app.js', line: 1, column: 19 },
    },
  ];
  const owned = async (location: string) => {
    const target = cell(location);
    const { report } = await attributed(
      [target],
      { 'new/old': [target] },
      { routes, changes: readChanges(dir) },
    );
    return report.cells[0]?.owner;
  };

  it('is the one in the route’s own handler that names the place, with its lines before and after', async () => {
    writeFileSync(join(dir, 'app.js'), after);
    expect((await owned('header:x-page'))?.edits).toEqual([
      {
        ...{ codemod: 'express-to-hono', rule: 'response/set' },
        ...{ location: { file: 'app.js', line: 2, column: 3 }, now: { file: 'app.js', line: 2, column: 3 } },
        ...{ before: "res.set('X-Page', '1');", after: "c.header('X-Page', '1');" },
      },
    ]);
    const several = await owned('body');
    expect(several?.edits?.map(({ rule }) => rule)).toEqual(['response/set', 'response/json']);
    expect(several?.why).toContain('One of 2 edits of the handler that may concern this place');
  });

  it('is shown at its old place when the file was edited since, and not at all when it was undone', async () => {
    writeFileSync(join(dir, 'app.js'), `${after}// mine\n`);
    expect((await owned('header:x-page'))?.edits?.[0]?.now).toBeNull();
    writeFileSync(join(dir, 'app.js'), before);
    expect(await owned('header:x-page')).toMatchObject({ kind: 'codemod' });
    expect((await owned('header:x-page'))?.edits).toBeUndefined();
  });
});
