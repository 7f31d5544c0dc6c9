import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { circles, type Files, importGraph, importsOf } from './testing/import-graph.ts';

/** Floors of the architecture: a room imports only from floors below it. */
const FLOORS: Record<string, number> = {
  ...{ model: 0, workspace: 1, runtimes: 2, rules: 2 },
  ...{ inventory: 3, probe: 3, plan: 3, codemod: 3, shadow: 3, bench: 3 },
  // Made of the capabilities.
  ...{ try: 4, steps: 4, scripts: 4, promote: 4, render: 4, monitoring: 4, checklist: 4, findings: 4 },
  ...{ report: 5, commands: 6, 'cli.ts': 6 },
};
const TOP = 6;
/** The same within a codemod: a room imports only from those before it in the list; files outside the rooms from all. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'express-to-hono': [
    ...[
      'parity',
      'state',
      'edit',
      'packages',
      'facts',
      'native',
      'reads',
      'bridge',
      'members',
      'types',
      'routing',
    ],
    ...['body', 'worlds', 'server', 'application'],
  ],
};
const MOST_LINES = 300;
const MOST_FILES = 25;
/** Lists of peers with one contract, which may be as long as there are peers. */
const PEERS: Readonly<Record<string, string>> = {
  'src/model': 'a type of the borders each, with its schema',
  'src/probe/subjects': 'a module of Node each, with what is called of it',
  'codemods/express-to-hono/packages': 'a package each',
  'codemods/express-to-hono/parity-source': 'a behaviour of Express each, written out into applications',
  'codemods/fastify-to-hono/parity-source': 'a part of an application each, written out into applications',
  'codemods/koa-to-hono/parity-source': 'a part of an application each, written out into applications',
  'codemods/express-to-hono/parity-source/native':
    'what stands for a behaviour in plain Hono each, written out too',
};
const CODEMOD_MAY_IMPORT = /^src\/(model\/|workspace\/|codemod\/contract\.ts$)/;
const isTest = (path: string): boolean => /\.test\.ts$|\/__fixtures__\/|^src\/testing\//.test(path);
const isCase = (path: string): boolean => /^codemods\/[^/]+\/(coverage\/)?cases\//.test(path);

/** The files that the rules are about: sources, without tests and without what codemods are tried on. */
const ruled = (files: Files): Files =>
  new Map([...files].filter(([path]) => path.endsWith('.ts') && !isTest(path) && !isCase(path)));

function importViolations(files: Files): string[] {
  const found: string[] = [];
  for (const [path, targets] of importGraph(ruled(files))) {
    for (const target of targets) {
      const reason = forbidden(path, target);
      if (reason) found.push(`${path} imports ${target}: ${reason}`);
    }
  }
  return found;
}

/** A codemod that takes out what another one wrote, or has code converted by it, knows that one. */
const OTHER_HALF: Readonly<Record<string, string>> = {
  'drop-parity': 'express-to-hono',
  'extract-edge': 'express-to-hono',
};

function forbidden(path: string, target: string): string | null {
  const [top, room = ''] = path.split('/');
  const [targetTop, targetRoom = ''] = target.split('/');
  if (isTest(target)) return 'a test';
  if (top === 'codemods') {
    const own = targetTop === 'codemods' && [room, 'shared', OTHER_HALF[room]].includes(targetRoom);
    if (own && room === targetRoom) return upARoom(room, path, target);
    return own || CODEMOD_MAY_IMPORT.test(target)
      ? null
      : 'a codemod reads its own folder, shared, contract, workspace and model';
  }
  if (targetTop !== 'src') return 'outside src';
  const [from, to] = [FLOORS[room], FLOORS[targetRoom]];
  if (from === undefined) return `src/${room} has no floor`;
  if (to === undefined) return `src/${targetRoom} has no floor`;
  if (room === targetRoom) return null;
  if (room === 'report' && targetRoom !== 'model') return 'report reads model only';
  if (to > from) return 'up a floor';
  return to === from && from !== TOP ? 'sideways' : null;
}

/** Rooms of a codemod are floors of their own. */
function upARoom(codemod: string, path: string, target: string): string | null {
  const rooms = ROOMS[codemod];
  const [from, to] = [path, target].map((each) => each.split('/').slice(2, -1)[0] ?? '');
  if (rooms === undefined || from === to || from === '') return null;
  const [own, other] = [rooms.indexOf(from ?? ''), rooms.indexOf(to ?? '')];
  if (own < 0 && !isBesideRooms(from ?? '')) return `codemods/${codemod}/${from} has no floor`;
  return other < 0 || other > own ? 'up a room' : null;
}

/** What is written out into applications, and how a codemod is measured. */
const isBesideRooms = (folder: string): boolean => folder === 'parity-source' || folder === 'coverage';

/** Circles among the sources: a file that imports itself by way of others. */
const importCircles = (files: Files): string[] =>
  circles(importGraph(ruled(files))).map((members) => members.join(' '));

/** Folders with more files than can be looked over, those apart that are lists of peers. */
function wideFolders(files: Files): string[] {
  const sizes = new Map<string, number>();
  for (const path of ruled(files).keys())
    sizes.set(posix.dirname(path), (sizes.get(posix.dirname(path)) ?? 0) + 1);
  return [...sizes]
    .filter(([folder, size]) => size > MOST_FILES && !(folder in PEERS))
    .map(([folder, size]) => `${folder} has ${size} files`);
}

function longFiles(files: Files): string[] {
  const lines = (text: string) => text.split('\n').length - 1;
  return [...files]
    .filter(
      ([path, text]) =>
        path.endsWith('.ts') && !/\.test\.ts$|\/cases\//.test(path) && lines(text) > MOST_LINES,
    )
    .map(([path, text]) => `${path} has ${lines(text)} lines`);
}

// Written apart, so that a search for the words does not find the search.
const UNFINISHED = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'st' + 'ub'].join('|'));
const MARKER = new RegExp(`^export const \\w+ = '${'TO' + 'DO'}\\(migrate\\)';$`);

function unfinished(files: Files): string[] {
  const found: string[] = [];
  let markers = 0;
  for (const [path, text] of files) {
    for (const [index, line] of text.split('\n').entries()) {
      if (!UNFINISHED.test(line)) continue;
      if (MARKER.test(line) && ++markers === 1) continue;
      found.push(`${path}:${index + 1} ${line.trim()}`);
    }
  }
  return found;
}

function readSources(): Files {
  const files = new Map<string, string>();
  for (const top of ['src', 'codemods']) {
    const folder = fileURLToPath(new URL(`../${top}/`, import.meta.url));
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.includes('node_modules')) continue;
      const file = posix.join(entry.parentPath, entry.name);
      files.set(posix.join(top, file.slice(folder.length)), readFileSync(file, 'utf8'));
    }
  }
  return files;
}

const sources = readSources();

describe('the sources', () => {
  it('import only from floors below', () => expect(importViolations(sources)).toEqual([]));
  it(`have no file over ${MOST_LINES} lines`, () => expect(longFiles(sources)).toEqual([]));
  it('import nobody in a circle, types included', () => expect(importCircles(sources)).toEqual([]));
  it(`have no folder of over ${MOST_FILES} files`, () => expect(wideFolders(sources)).toEqual([]));
  it('know of no list of peers that is a short one', () => {
    const short = (folder: string) =>
      [...ruled(sources).keys()].filter((path) => posix.dirname(path) === folder).length <= MOST_FILES;
    expect(Object.keys(PEERS).filter(short)).toEqual([]);
  });
  it('hold no unfinished work', () => expect(unfinished(sources)).toEqual([]));
  it('were found', () =>
    expect(importsOf('x.ts', sources.get('src/cli.ts') ?? '')).toContain('./commands/main.ts'));
});

describe('a planted fault is found', () => {
  it.each([
    ['up a floor', 'src/workspace/x.ts', "import { a } from '../codemod/runner.ts';", 'up a floor'],
    ['sideways', 'src/inventory/detectors/x.ts', "export * from '../../plan/stages.ts';", 'sideways'],
    ['from a capability to what is made of it', 'src/plan/x.ts', "import '../try/index.ts';", 'up a floor'],
    ['sideways, for a type', 'src/plan/x.ts', "import type { A } from '../shadow/run.ts';", 'sideways'],
    ['dynamically', 'src/model/x.ts', "await import('../workspace/git.ts');", 'up a floor'],
    [
      'from report to anything but model',
      'src/report/x.ts',
      "import '../workspace/git.ts';",
      'report reads model only',
    ],
    ['a test', 'src/workspace/x.ts', "import './git.test.ts';", 'a test'],
    ['out of src', 'src/codemod/x.ts', "import '../../codemods/a-to-b/index.ts';", 'outside src'],
    ['a room nobody knows', 'src/attic/x.ts', "import '../model/exit.ts';", 'src/attic has no floor'],
    [
      'codemod to codemod',
      'codemods/a-to-b/x.ts',
      "import '../b-to-c/y.ts';",
      'a codemod reads its own folder',
    ],
    [
      'codemod to runner',
      'codemods/a-to-b/x.ts',
      "import '../../src/codemod/runner.ts';",
      'a codemod reads its own',
    ],
    [
      'from shared to a codemod',
      'codemods/shared/x.ts',
      "import '../a-to-b/y.ts';",
      'a codemod reads its own',
    ],
    [
      'up a room of a codemod',
      'codemods/express-to-hono/facts/routes/x.ts',
      "import type { A } from '../../body/frame.ts';",
      'up a room',
    ],
    ['from a room to no room', 'codemods/express-to-hono/body/x.ts', "import '../index.ts';", 'up a room'],
    [
      'in a room nobody knows',
      'codemods/express-to-hono/attic/x.ts',
      "import '../facts/units.ts';",
      'codemods/express-to-hono/attic has no floor',
    ],
  ])('an import %s', (_, path, text, reason) => {
    expect(importViolations(new Map([[path, text]]))).toEqual([expect.stringContaining(reason)]);
  });

  it('while imports downwards and in tests are fine', () => {
    const fine = new Map([
      [
        'src/commands/entries/x.ts',
        "import '../../report/io.ts'; import '../main.ts'; import '../../codemod/runner.ts';",
      ],
      ['src/workspace/x.test.ts', "import '../codemod/runner.ts';"],
      ['codemods/a-to-b/x.ts', "import './y.ts'; import type {} from '../../src/codemod/contract.ts';"],
      ['codemods/a-to-b/z.ts', "import '../shared/edit/draft.ts';"],
      [
        'codemods/express-to-hono/body/x.ts',
        "import '../facts/units.ts'; import './y.ts'; import '../../shared/edit/draft.ts';",
      ],
    ]);
    expect(importViolations(fine)).toEqual([]);
  });

  it.each([
    [
      'in a room',
      'src/plan/a.ts',
      'src/plan/b.ts',
      "import { b } from './b.ts';",
      "import { a } from './a.ts';",
    ],
    [
      'between rooms of a codemod',
      'codemods/a-to-b/x/a.ts',
      'codemods/a-to-b/y/b.ts',
      "export * from '../y/b.ts';",
      "import '../x/a.ts';",
    ],
    [
      'of types',
      'src/plan/a.ts',
      'src/plan/b.ts',
      "import type { B } from './b.ts';",
      "import { type A } from './a.ts';",
    ],
    [
      'made of a dynamic import',
      'src/plan/a.ts',
      'src/plan/b.ts',
      "import './b.ts';",
      "await import('./a.ts');",
    ],
  ])('a circle %s', (_, first, second, text, back) => {
    const files = new Map([
      ['src/plan/start.ts', "import './a.ts';"],
      [first, text],
      [second, `${back} import './end.ts';`],
      [posix.join(posix.dirname(second), 'end.ts'), ''],
    ]);
    expect(importCircles(files)).toEqual([`${first} ${second}`]);
    expect(importCircles(new Map([...files, [second, "import './end.ts';"]]))).toEqual([]);
  });

  it('a wide folder, whose tests do not count', () => {
    const many = (name: string) => Array.from({ length: 26 }, (_, at): [string, string] => [name + at, '']);
    expect(wideFolders(new Map(many('src/x/').map(([path]) => [`${path}.ts`, ''])))).toEqual([
      'src/x has 26 files',
    ]);
    expect(wideFolders(new Map(many('src/x/').map(([path]) => [`${path}.test.ts`, ''])))).toEqual([]);
  });

  it('a long file, an unfinished one, a second marker', () => {
    expect(longFiles(new Map([['src/x.ts', 'a\n'.repeat(301)]]))).toEqual(['src/x.ts has 301 lines']);
    const marker = `export const MARKER = '${'TO' + 'DO'}(migrate)';`;
    expect(unfinished(new Map([['src/x.ts', `${marker}\n${marker}\n// ${'FIX' + 'ME'}`]]))).toHaveLength(2);
  });
});
