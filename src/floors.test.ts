import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';

/** Floors of the architecture: a room imports only from floors below it. */
const FLOORS: Record<string, number> = {
  ...{ model: 0, workspace: 1, runtimes: 2 },
  ...{ inventory: 3, probe: 3, plan: 3, codemod: 3, shadow: 3, bench: 3 },
  // Made of the capabilities.
  try: 4,
  ...{ report: 5, commands: 6, 'cli.ts': 6 },
};
const TOP = 6;
const MOST_LINES = 300;
const CODEMOD_MAY_IMPORT = /^src\/(model\/|workspace\/|codemod\/contract\.ts$)/;
const isTest = (path: string): boolean => /\.test\.ts$|\/__fixtures__\/|^src\/testing\//.test(path);

type Files = ReadonlyMap<string, string>;

function importViolations(files: Files): string[] {
  const found: string[] = [];
  for (const [path, text] of files) {
    if (isTest(path) || !path.endsWith('.ts') || /^codemods\/[^/]+\/(coverage\/)?cases\//.test(path))
      continue;
    for (const specifier of importsOf(path, text)) {
      if (!specifier.startsWith('.')) continue;
      const target = posix.join(posix.dirname(path), specifier);
      const reason = forbidden(path, target);
      if (reason) found.push(`${path} imports ${target}: ${reason}`);
    }
  }
  return found;
}

/** A codemod that takes out what another one wrote knows what that is. */
const OTHER_HALF: Readonly<Record<string, string>> = { 'drop-parity': 'express-to-hono' };

/** What several codemods are made of: no codemod itself. */
const SHARED = '_transform';

function forbidden(path: string, target: string): string | null {
  const [top, room = ''] = path.split('/');
  const [targetTop, targetRoom = ''] = target.split('/');
  if (isTest(target)) return 'a test';
  if (top === 'codemods') {
    const own =
      targetTop === 'codemods' &&
      (targetRoom === room || targetRoom === OTHER_HALF[room] || targetRoom === SHARED);
    return own || CODEMOD_MAY_IMPORT.test(target)
      ? null
      : 'a codemod reads its own folder, what codemods share, contract, workspace and model';
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

function importsOf(path: string, text: string): string[] {
  const { module } = parseSync(path, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start, moduleRequest.end),
  );
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...dynamic.filter((request) => /^['"]/.test(request)).map((request) => request.slice(1, -1)),
  ];
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
    ]);
    expect(importViolations(fine)).toEqual([]);
  });

  it('a long file, an unfinished one, a second marker', () => {
    expect(longFiles(new Map([['src/x.ts', 'a\n'.repeat(301)]]))).toEqual(['src/x.ts has 301 lines']);
    const marker = `export const MARKER = '${'TO' + 'DO'}(migrate)';`;
    expect(unfinished(new Map([['src/x.ts', `${marker}\n${marker}\n// ${'FIX' + 'ME'}`]]))).toHaveLength(2);
  });
});
