// Regenerates every block of real output in the documentation: nothing between the markers is typed by hand.
// A block is `<!-- output <folder> $ <command> [| head N | tail N] -->`, a fenced text, `<!-- /output -->`; folder is
// `original` or `converted` (scratch copies of fixtures/express-notes, shared by all blocks, in document order).
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { cli, cloneBeside, commit, environment, installApp, prepare } from './application.mjs';
import { root, run } from './setup.mjs';

const BLOCK =
  /(<!-- output (original|converted) \$ (.+?)(?: \| (head|tail) (\d+))? -->\n)[\s\S]*?(<!-- \/output -->)/g;

run(process.execPath, ['.tasks/build.mjs']);
const { scratch, folder: original } = prepare('express-notes');
let converted = null;

/** The converted copy is made when a block first asks for it, after the plan was committed. */
function folderOf(name) {
  if (name === 'original') return original;
  if (converted === null) {
    commit(original, 'The migration plan');
    converted = cloneBeside(original);
  }
  return converted;
}

function output(name, command, end, count) {
  const folder = folderOf(name);
  const args = command
    .replaceAll('ORIGINAL', original)
    .replaceAll('CONVERTED', converted ?? '')
    .split(' ')
    .slice(1);
  const done = spawnSync(process.execPath, [cli, ...args], {
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
  const kept = end === 'head' ? lines.slice(0, count) : end === 'tail' ? lines.slice(-count) : lines;
  if (kept.length < lines.length) end === 'head' ? kept.push('…') : kept.unshift('…');
  const shown = command
    .replaceAll('ORIGINAL', '../express-notes')
    .replaceAll('CONVERTED', '../express-notes-hono');
  return ['```', `$ ${shown}`, ...kept, '```', ''].join('\n');
}

const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => join('docs', name))];
for (const page of pages.filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(join(root, page), 'utf8');
  const next = text.replaceAll(BLOCK, (_all, open, folder, command, end, count, close) => {
    console.log(`${page}: ${command}`);
    return open + output(folder, command, end, Number(count)) + close;
  });
  if (next !== text) writeFileSync(join(root, page), next);
}
