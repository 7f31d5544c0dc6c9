import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributed, cell } from './__fixtures__/attributed.ts';
import { readChanges } from './edits.ts';

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
