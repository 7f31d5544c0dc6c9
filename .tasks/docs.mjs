// Regenerates every block of real output in the documentation: nothing between the markers is typed by hand.
// A block is `<!-- output <folder> $ <command> [| head N | tail N | from A until B] -->`, a fenced text, `<!-- /output -->`;
// folder is `original` or `converted` (scratch copies of fixtures/express-notes, shared by all blocks, in document order;
// README converts the second), or one of .tasks/docs-scenes.mjs: `steps` (a clone), `rules` (one with a rule of its own), `hono` and `workers` (converted already), `forgetful`
// (`workers` with a fault), `small`.
// A and B are words with which a line begins. `npm run docs -- docs/shadow.md` regenerates one page.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cli, cloneBeside, commit, environment, installApp, prepare } from './application.mjs';
import {
  convertToHono,
  convertToWorkers,
  forgetDeletions,
  forSteps,
  startMail,
  withRules,
  writeSmall,
} from './docs-scenes.mjs';
import { root, run } from './setup.mjs';

const SCENES = join(root, '.tasks', 'docs-scenes.mjs');

const BLOCK =
  /(<!-- output (original|converted|hono|workers|forgetful|small|steps|rules) \$ (.+?)(?: \| (head|tail|from) (\S+)(?: until (\S+))?)? -->\n)[\s\S]*?(<!-- \/output -->)/g;

run(process.execPath, ['.tasks/build.mjs']);
const { scratch, folder: original } = prepare('express-notes');
const small = join(scratch, 'small');
mkdirSync(small);
writeSmall(small);
const mail = startMail();
process.on('exit', () => mail.stop());
await mail.ready;

const folders = new Map([
  ['original', original],
  ['small', small],
]);
const makers = {
  converted: () => {
    commit(original, 'The migration plan');
    return cloneBeside(original);
  },
  hono: () => convertToHono(original),
  workers: () => convertToWorkers(original, 'workers'),
  steps: () => forSteps(original),
  rules: () => withRules(original),
  forgetful: () => forgetDeletions(convertToWorkers(original, 'forgetful')),
};

/** The copies are made when a block first asks for them: `converted` after the plan was committed. */
function folderOf(name) {
  const folder = folders.get(name) ?? makers[name]();
  folders.set(name, folder);
  return folder;
}

function output(name, command, end, from, until) {
  const folder = folderOf(name);
  const args = command
    .replaceAll('ORIGINAL', original)
    .replaceAll('CONVERTED', () => folderOf('converted'))
    .match(/"[^"]*"|\S+/g)
    .map((word) => word.replaceAll('"', ''))
    .slice(1);
  const program = args[0] === 'record' && !args.includes('--help') ? [SCENES, 'record', cli] : [cli];
  const done = spawnSync(process.execPath, [...program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment, NO_COLOR: '1', COLUMNS: '110' },
    maxBuffer: 1e8,
  });
  if (args[0] === 'codemod' && args.includes('--write')) {
    installApp(folder);
    commit(folder, 'codemod');
  }
  const lines = stripVTControlCharacters(done.stdout + done.stderr)
    .replaceAll(`${scratch}/`, '../')
    .replaceAll(scratch, '..')
    .replaceAll(`${root}/.cache`, '~/.cache/migrate')
    .trimEnd()
    .split('\n');
  const kept = cut(lines, end, from, until);
  const shown = command
    .replaceAll('ORIGINAL', '../express-notes')
    .replaceAll('CONVERTED', '../express-notes-hono');
  return ['```', `$ ${shown}`, ...kept, '```', ''].join('\n');
}

/** The lines that are shown, with a mark where some are left out. */
function cut(lines, end, from, until) {
  if (end === undefined) return lines;
  const at = (word, after) => lines.findIndex((line, i) => i >= after && line.trimStart().startsWith(word));
  const first = end === 'tail' ? lines.length - Number(from) : end === 'from' ? at(from, 0) : 0;
  const last = end === 'head' ? Number(from) : until === undefined ? lines.length : at(until, first) + 1;
  if (first < 0 || last <= first)
    throw new Error(`no line from "${from}" until "${until}" in:\n${lines.join('\n')}`);
  return [...(first > 0 ? ['…'] : []), ...lines.slice(first, last), ...(last < lines.length ? ['…'] : [])];
}

const given = process.argv.slice(2);
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))];
for (const page of pages.filter(
  (name) => name.endsWith('.md') && (given.length === 0 || given.includes(name)),
)) {
  const text = readFileSync(join(root, page), 'utf8');
  const next = text.replaceAll(BLOCK, (_all, open, folder, command, end, from, until, close) => {
    console.log(`${page}: ${command}`);
    return open + output(folder, command, end, from, until) + close;
  });
  if (next !== text) writeFileSync(join(root, page), next);
}
mail.stop();
