import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ChangeSet } from '../../src/model/changeset.ts';
import { expectedBy, type Seen } from '../../src/shadow/attribute/left-out.ts';
import { argumentsOf, calleeOf, isIdentifier, literalText } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { extract } from '../field-test/prepare.ts';
import { takeExample } from '../output-score/programs.ts';

/** The commits whose examples and tests are taken, by release. None of their code is part of this repository. */
export const RELEASES: Readonly<Record<string, string>> = {
  4: '61ccf2ea8c1bd19cbca6acfb7cd276c5fcd410d3',
  5: 'a3714473feb3d2908add734d340e7755fd85e0a3',
};

/** A test that passed before the conversion and fails after it. */
interface Lost {
  test: string;
  message: string;
  /** The rules by which the conversion of its example announced that clients see another one there; none: a fault. */
  announced: string[];
}

export interface Result {
  release: string;
  commit: string;
  /** Examples that a test loads, and those of which the codemod changed nothing, with what is in the way first. */
  examples: number;
  untouched: { name: string; why: string }[];
  before: number;
  after: number;
  lost: Lost[];
}

/** Runs the acceptance tests of one release over its examples, before and after the codemod. */
export async function accept({
  release,
  commit,
  from,
  scratch,
  cli,
}: Record<'release' | 'commit' | 'from' | 'scratch' | 'cli', string>): Promise<Result> {
  const whole = join(scratch, 'express');
  mkdirSync(scratch, { recursive: true });
  await extract(from, { commit, folder: '.' }, whole);
  const tests = readdirSync(join(whole, 'test', 'acceptance')).map((name) => name.replace(/\.js$/, ''));
  const names = readdirSync(join(whole, 'examples')).filter((name) => tests.includes(name));
  const trees = ['before', 'after'].map((name) => join(scratch, name)) as [string, string];
  for (const tree of trees) {
    for (const name of names) {
      const folder = join(tree, 'examples', name);
      mkdirSync(folder, { recursive: true });
      takeExample(whole, name, folder);
      takeTest(whole, name, folder);
    }
  }
  const [before, after] = trees;
  const untouched: Result['untouched'] = [];
  const announcements = new Map<string, ChangeSet['leftOut']>();
  for (const name of names) {
    const { files, leftForYou, leftOut } = await convert(cli, join(after, 'examples', name));
    announcements.set(name, leftOut);
    if (files.some(({ status }) => status === 'changed')) continue;
    const first = leftForYou.find(({ blocks }) => blocks);
    untouched.push({ name, why: first === undefined ? '' : `${first.reason} (${first.file}:${first.line})` });
  }
  for (const tree of trees) await install(whole, tree, names);
  const old = await test(before);
  const now = await test(after);
  const passed = [...old].filter(([, message]) => message === null).map(([name]) => name);
  const lost = passed.flatMap((name): Lost[] => {
    const message = now.has(name) ? now.get(name) : 'it did not run';
    if (typeof message !== 'string') return [];
    const announced = announcedFor(message, announcements.get(name.split(': ', 1)[0] ?? ''));
    return [{ test: name, message, announced }];
  });
  const examples = names.length;
  return {
    release,
    commit,
    examples,
    untouched,
    before: passed.length,
    after: passed.length - lost.length,
    lost,
  };
}

/** Puts the test of an example beside it, as a project has its own tests: the codemod sees that they import the application. */
function takeTest(whole: string, name: string, folder: string): void {
  cpSync(join(whole, 'test', 'support'), join(folder, 'test', 'support'), { recursive: true });
  const file = parseFile(`${name}.js`, readFileSync(join(whole, 'test', 'acceptance', `${name}.js`), 'utf8'));
  let text = file.text;
  for (const call of findAll(file.program, 'CallExpression').reverse()) {
    const [argument] = argumentsOf(call);
    const specifier = literalText(argument);
    if (argument === undefined || !isIdentifier(calleeOf(call), 'require')) continue;
    if (specifier?.replace(/\/$/, '') !== `../../examples/${name}`) continue;
    text = `${text.slice(0, argument.start)}'../../index.js'${text.slice(argument.end)}`;
  }
  mkdirSync(join(folder, 'test', 'acceptance'), { recursive: true });
  writeFileSync(join(folder, 'test', 'acceptance', `${name}.js`), text);
}

/** What the codemod makes of an example, asked as a user asks it. */
async function convert(cli: string, folder: string): Promise<ChangeSet> {
  const asked = ['codemod', 'run', 'express-to-hono', '--write', '--yes', '--no-typecheck'];
  const { stdout } = await execa(
    process.execPath,
    [cli, ...asked, '--allow-dirty', '--json', '--dir', folder],
    { reject: false },
  );
  return JSON.parse(stdout);
}

/** What a test of supertest says it got in the place of what, as a comparison of answers would show it. */
const SEEN: readonly [message: RegExp, seen: (groups: Record<string, string>) => Seen][] = [
  [
    /^expected "(?<name>[\w-]+)" of "(?<old>.*)", got "(?<now>.*)"$/,
    ({ name = '', old = '', now = '' }) => seen(`header:${name.toLowerCase()}`, 'header-value', old, now),
  ],
  [
    /^expected (?<old>\d{3}) ".*", got (?<now>\d{3}) /,
    ({ old = '', now = '' }) => seen('status', 'status', old, now),
  ],
  [/^expected body '(?<now>.*)' to match /, ({ now = '' }) => seen('body', 'text', null, now)],
];

const seen = (location: string, kind: Seen['kind'], old: string | null, now: string): Seen => ({
  ...{ location, kind, exemplars: [{ old, new: now }] },
});

function announcedFor(message: string, leftOut: ChangeSet['leftOut'] = []): string[] {
  const cells = SEEN.flatMap(([pattern, cell]) => {
    const groups = pattern.exec(message)?.groups;
    return groups === undefined ? [] : [cell(groups)];
  });
  const rules = cells.flatMap((cell) =>
    expectedBy(cell, leftOut, null, cells).map((each) => each.leftOut.rule),
  );
  return [...new Set(rules)];
}

/** Installs once for all examples what they and the tests need. */
async function install(whole: string, tree: string, names: readonly string[]): Promise<void> {
  const { devDependencies } = JSON.parse(readFileSync(join(whole, 'package.json'), 'utf8'));
  const all: Record<string, string> = {};
  for (const name of ['mocha', 'supertest']) all[name] = devDependencies[name];
  for (const name of names) {
    const { dependencies } = JSON.parse(readFileSync(join(tree, 'examples', name, 'package.json'), 'utf8'));
    Object.assign(all, dependencies);
  }
  writeFileSync(join(tree, 'package.json'), `${JSON.stringify({ private: true, dependencies: all })}\n`);
  await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: tree });
}

/** Each test by its whole name: null where it passes, else what it says. One file at a time: one that cannot load fails alone. */
async function test(tree: string): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  const mocha = join(tree, 'node_modules', 'mocha', 'bin', '_mocha');
  for (const name of readdirSync(join(tree, 'examples'))) {
    const file = join('test', 'acceptance', `${name}.js`);
    const { stdout } = await execa(
      process.execPath,
      [
        ...[mocha, '--require', './test/support/env', '--reporter', 'json'],
        ...['--timeout', '30000', '--exit', file],
      ],
      { cwd: join(tree, 'examples', name), reject: false, timeout: 300_000 },
    );
    for (const each of reported(stdout)) {
      const { message } = each.err;
      const text = message === undefined ? null : (message.split('\n')[0] ?? '');
      found.set(`${name}: ${each.fullTitle}`, text);
    }
  }
  return found;
}

/** Tests as mocha reports them; what the examples log stands before it. */
function reported(stdout: string): { fullTitle: string; err: { message?: string } }[] {
  const start = stdout.search(/^\{\n {2}"stats"/m);
  return start < 0 ? [] : JSON.parse(stdout.slice(start)).tests;
}

/** A result for people. */
export function summary({ release, examples, untouched, before, after, lost }: Result): string {
  const names = untouched.map(({ name }) => name);
  const not = names.length === 0 ? '' : `, nothing changed in ${names.join(', ')}`;
  const head = `Express ${release}: ${examples} examples${not}; ${after} of ${before} tests pass as before\n`;
  return (
    head +
    lost
      .map(
        ({ test: name, message, announced }) =>
          `  ${name}: ${message} (${announced.join(', ') || 'NOT ANNOUNCED'})\n`,
      )
      .join('')
  );
}
