import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { ChangeSet } from '../model/changeset.ts';
import { printChangeSet } from './change-set.ts';
import type { Io } from './io.ts';

function printed(changeSet: Partial<ChangeSet>, all = false): string {
  let text = '';
  const io = { colors: pc.createColors(false), line: (line = '') => (text += `${line}\n`) } as unknown as Io;
  const none: ChangeSet = {
    schema: 'migrate/changeset',
    version: 1,
    ...{ codemod: 'express-to-hono', options: {}, unit: 'handler', considered: 3 },
    ...{ files: [], outcomes: [], leftForYou: [], limits: [], next: [] },
  };
  printChangeSet(io, { ...none, ...changeSet }, { command: 'migrate codemod run express-to-hono', all });
  return text;
}

const file = { reason: undefined, edits: [] };

it('shows the diff by file, what became of each handler, what is left, limits and what is next', () => {
  const place = { file: 'src/notes.js', line: 2, column: 1 };
  const text = printed({
    files: [
      { ...file, path: 'src/notes.js', status: 'changed', oldText: 'a\nb\nc\n', newText: 'a\nB\nc\n' },
      { ...file, path: 'src/parity.js', status: 'created', oldText: null, newText: 'new\n' },
      { ...file, path: 'src/big.js', status: 'skipped', reason: 'minified', oldText: null, newText: null },
    ],
    outcomes: [
      { ...place, name: 'list', outcome: 'converted' },
      {
        ...place,
        line: 9,
        name: 'upload',
        outcome: 'bridged',
        reason: "multer's disk storage",
        runtimes: ['node', 'bun'],
      },
    ],
    leftForYou: [
      { ...place, codemod: 'express-to-hono', rule: 'views', reason: 'no view engine', advice: 'use JSX' },
    ],
    limits: [{ route: 'POST /upload', runtime: 'workers', reason: 'writes to the disk', location: place }],
    next: ['npm install hono'],
  });
  expect(text.replace(/ {20,}/, ' … ')).toBe(`src/notes.js … converted 1 · bridged 1 · refused 0
   1    a
   2  - b
   2  + B
   3    c

src/parity.js${' '.repeat(76)}created
   1  + new

3 files looked at · 1 changed · 1 created · 1 skipped
  skipped  src/big.js  minified
2 handlers: 1 converted, 1 bridged, 0 refused
  bridged  src/notes.js:9:1  upload   multer's disk storage   runs on node, bun
Limits
  workers  POST /upload  writes to the disk   src/notes.js:2:1
Left for you: 1
  src/notes.js:2:1  no view engine   express-to-hono/views
    → use JSX
next  npm install hono
Nothing written. Apply with migrate codemod run express-to-hono --write
`);
});

it('does not let a file send commands to the terminal', () => {
  const text = printed({
    files: [
      { ...file, path: 'a.js', status: 'changed', oldText: 'a\n', newText: '\u001b]0;gotcha\u0007b\r\n' },
    ],
  });
  expect(text).toContain('+ \\u001b]0;gotcha\\u0007b\n');
  expect(text).not.toContain('\u001b');
});

it('says that nothing is to be done, or that all that could be done failed', () => {
  expect(printed({})).toBe('3 files looked at\nNothing to do: no file needs a change.\n');
  const failed = {
    ...file,
    path: 'a.js',
    status: 'failed',
    reason: 'no',
    oldText: null,
    newText: null,
  } as const;
  expect(printed({ files: [failed] })).toContain('Nothing to apply: 1 failed.');
});

it('after --write names each file with its lines, edits and units, and no diff unless all is asked for', () => {
  const place = { file: 'src/notes.js', line: 2, column: 1 };
  const span = { start: 0, end: 1 };
  const edit = { codemod: 'express-to-hono', rule: 'answers', before: span, after: span, line: 2, column: 1 };
  const written: Partial<ChangeSet> = {
    files: [
      {
        ...{ path: 'src/notes.js', status: 'changed', oldText: 'a\nb\nc\n', newText: 'a\nB\nB\nc\n' },
        edits: [edit, { ...edit, rule: 'handlers' }, edit],
      },
      { ...file, path: 'src/parity.js', status: 'created', oldText: null, newText: 'new\n' },
    ],
    outcomes: [{ ...place, name: 'list', outcome: 'converted' }],
    journal: '20261123-ab',
  };
  expect(printed(written)).toBe(`changed  src/notes.js       +2     −1  3 edits by 2 rules · converted 1
created  src/parity.js      +1     −0

3 files looked at · 1 changed · 1 created
1 handler: 1 converted, 0 bridged, 0 refused
Written. Take it back with migrate undo 20261123-ab
`);
  expect(printed(written, true)).toContain('   2  + B\n');
});

it('counts the lines of a long created file, and the places of a reason, that --all shows', () => {
  const newText = 'x\n'.repeat(500);
  const refused = Array.from({ length: 9 }, (_, line) => ({
    ...{ file: 'src/notes.js', line: line + 1, column: 1 },
    ...{ name: 'list', outcome: 'refused' as const, reason: 'no rule' },
  }));
  const left = refused.map(({ name, outcome, ...one }) => ({
    ...one,
    ...{ codemod: 'express-to-hono', rule: 'views', reason: `${name} ${outcome}` },
  }));
  const changeSet: Partial<ChangeSet> = {
    files: [{ ...file, path: 'src/parity.js', status: 'created', oldText: null, newText }],
    outcomes: refused,
    leftForYou: left,
  };
  const text = printed(changeSet);
  expect(text).toContain('  20  + x\n      … 480 more lines: --all shows them, --patch <file> keeps them\n');
  expect(text).toContain(
    '  refused  9 handlers: no rule\n      src/notes.js:1:1, src/notes.js:2:1, src/notes.js:3:1, src/notes.js:4:1 and 5 more (--all)\n',
  );
  expect(text).toContain('  9 places: list refused   express-to-hono/views\n');
  expect(printed(changeSet, true)).toContain(' 500  + x\n');
  expect(printed(changeSet, true)).toContain('  refused  src/notes.js:9:1  list   no rule\n');
  expect(printed({ outcomes: refused, leftForYou: left })).toContain(
    'Nothing to apply yet: change the 9 places above, then run it again.',
  );
});

it('tells what is in the way from what would only stay, and counts the first alone at the end', () => {
  const place = { file: 'app.js', line: 2, column: 1, codemod: 'express-to-hono' };
  const leftForYou: ChangeSet['leftForYou'] = [
    { ...place, rule: 'escape', reason: 'passed to adapter', blocks: true },
    { ...place, line: 5, rule: 'request', reason: 'the request is handed on as a value' },
  ];
  expect(printed({ leftForYou, notes: ['app.js is left.'] })).toBe(`3 files looked at
In the way: 1
  app.js:2:1  passed to adapter   express-to-hono/escape
Would stay as it is, nothing to change: 1
  app.js:5:1  the request is handed on as a value   express-to-hono/request
note  app.js is left.
Nothing to apply yet: change the place in the way, then run it again.
`);
});

it('says which type errors are new, that there are none, or why nobody looked', () => {
  const error = { file: 'a.ts', line: 3, column: 7, code: 'TS2304', message: "Cannot find name 'x'." };
  const types = { checked: true, config: 'tsconfig.json', errors: [error] };
  expect(printed({ types })).toContain(
    "Types: 1 new error   tsc -p tsconfig.json, before and after\n  a.ts:3:7  TS2304  Cannot find name 'x'.\n",
  );
  expect(printed({ types: { ...types, errors: [] } })).toContain('Types: no new error');
  expect(
    printed({ types: { checked: false, reason: 'typescript is not installed here', errors: [] } }),
  ).toContain('Types not checked: typescript is not installed here\n');
});
