import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteCoverage } from '../../model/verdict.ts';
import { sampleReport } from '../../testing/report.ts';
import { attributed, cell } from './__fixtures__/attributed.ts';
import { type Changes, readChanges } from './edits.ts';

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

  describe('is none that such a request has not passed', () => {
    const source = `const one = (req, res) => {
  const item = load(req.params.id);
  if (!item) return res.status(404).json({ error: 'none' });
  res.set('X-Shape', 'item');
  return res.status(201).json(item);
};
app.get('/notes/:id', one);
app.get('/other', (req, res) => {
  res.set('X-Shape', 'other');
  return res.json({ error: 'x' });
});
app.get('/again', (req, res) => one(req, res));
`;
    const at = (text: string) => {
      const start = source.indexOf(text);
      const before = source.slice(0, start);
      return { start, line: before.split('\n').length, column: start - before.lastIndexOf('\n') };
    };
    const place = (text: string) => ({ file: 'app.js', line: at(text).line, column: at(text).column });
    const planted = [
      ["res.set('X-Shape', 'item')", 'response/set'],
      ["res.set('X-Shape', 'other')", 'response/set'],
      ["res.status(404).json({ error: 'none' })", 'response/json'],
      ['res.status(201).json(item)', 'response/json'],
      ["res.json({ error: 'x' })", 'response/json'],
    ] as const;
    const next = source.replaceAll('res.', 'c.');
    const changes: Changes = {
      sets: 1,
      files: [
        {
          ...{ path: 'app.js', status: 'changed', oldText: source, newText: next, untouched: true },
          edits: planted.map(([text, rule]) => ({
            ...{ codemod: 'express-to-hono', rule, line: at(text).line, column: at(text).column },
            before: { start: at(text).start, end: at(text).start + text.length },
            after: { start: next.indexOf(text.replace('res.', 'c.')), end: next.length },
          })),
        },
      ],
    };
    const all = [
      ['/notes/:id', "app.get('/notes", 'one = '],
      ['/other', "app.get('/other", '(req, res) => {\n  res.set'],
      ['/again', "app.get('/again", '(req, res) => one'],
    ].map(([path = '', location = '', handler = '']) => ({
      ...{ method: 'GET', path, location: place(location) },
      handler: path === '/notes/:id' ? place('(req, res) => {\n  const') : place(handler),
    }));
    const lines = async (route: string, location: string, statuses: Record<string, number>) => {
      const target = cell(location, { route: `GET ${route}` });
      const covered = { ...sampleReport('x').routes[0], route: `GET ${route}`, statuses } as RouteCoverage;
      const { report } = await attributed([target], { 'new/old': [target] }, { routes: all, changes }, [
        covered,
      ]);
      const { edits, why } = report.cells[0]?.owner ?? {};
      return edits?.map(({ location: { line } }) => line) ?? why;
    };

    it('but the one of its own handler, not of another route that names the same header', async () => {
      expect(await lines('/notes/:id', 'header:x-shape', { 201: 2 })).toEqual([4]);
      expect(await lines('/other', 'header:x-shape', { 200: 2 })).toEqual([9]);
    });

    it('unless its handler calls that one by name', async () => {
      expect(await lines('/again', 'header:x-shape', { 201: 2 })).toEqual([4]);
    });

    it('nor a line that would have given another status', async () => {
      expect(await lines('/notes/:id', 'body.error', { 404: 1 })).toEqual([3]);
      expect(await lines('/notes/:id', 'body.id', { 201: 1 })).not.toContain(3);
    });

    it('and of an answer that no line of it gives, the edit is not known', async () => {
      expect(await lines('/other', 'body', { 500: 1 })).not.toContain(10);
      expect(await lines('/nowhere', 'header:x-shape', { 404: 1 })).toMatch(/Which edit is not known/);
    });
  });
});
