// The journey by the menu of bare `migrate`, in a real terminal, and the same by flags: both leave the same repository, the
// same plan and the same log, apart from times and ids. Exit code 1 where they do not. Skipped where there is no tmux.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { cli, environment, prepare } from './application.mjs';
import { run } from './setup.mjs';

const ANSWER = 'they write in the copy only';
const REASON = 'nothing is deployed from here';
const SHIFT = 'full-switch/production';
/** What is chosen in the menu, by a part of its line; and the same by flags, with the exit code of both. */
const JOURNEY = [
  ['Draw the plan', ['plan', '--target', 'bun', '--yes'], 0],
  ['migrate apply scripts-to-bun', ['apply', 'scripts-to-bun', '--yes', '--answer', ANSWER], 0],
  ['migrate rollback scripts-to-bun --rehearse', ['rollback', 'scripts-to-bun', '--rehearse'], 0],
  ['migrate promote scripts-to-bun', ['promote', 'scripts-to-bun'], 0],
  ['migrate apply full-switch', ['apply', 'full-switch', '--yes', '--answer', 'no'], 1],
  [`Skip ${SHIFT}`, ['skip', SHIFT, '--reason', REASON], 0],
  ['Take back full-switch/ci', ['undo', 'full-switch/ci'], 0],
  ['Take back full-switch/image', ['undo', 'full-switch/image'], 0],
  ['Take back full-switch/start-script', ['undo', 'full-switch/start-script'], 0],
  ['Take back full-switch/tests', ['undo', 'full-switch/tests'], 0],
  ['Take back full-switch/provision', ['undo', 'full-switch/provision'], 0],
  ['Take back scripts-to-bun/rewrite', ['undo', 'scripts-to-bun/rewrite'], 0],
];
/** The longest that one command may take until it asks or ends, ms. */
const PATIENCE_MS = 300_000;
const POLL_MS = 200;
const SESSION = ['-L', `migrate-${process.pid}`];

if (spawnSync('tmux', ['-V']).error) {
  console.log('Skipped: there is no tmux, and the menu needs a real terminal.');
  process.exit(0);
}
run(process.execPath, ['.tasks/build.mjs']);
const { scratch, folder: byMenu } = prepare('express-notes');
for (const [name, value] of [
  ['user.name', 'journey'],
  ['user.email', 'journey@example.com'],
  ['commit.gpgsign', 'false'],
])
  run('git', ['config', name, value], { cwd: byMenu });
const byFlags = `${byMenu}-by-flags`;
cpSync(byMenu, byFlags, { recursive: true, verbatimSymlinks: true });

const tmux = (...args) => spawnSync('tmux', [...SESSION, ...args], { encoding: 'utf8', env: environment });
const screen = () =>
  tmux('capture-pane', '-t', 'menu', '-p', '-J')
    .stdout.split('\n')
    .filter((line) => line.trim());
const keys = (...names) => void tmux('send-keys', '-t', 'menu', ...names);
const type = (text) => void tmux('send-keys', '-t', 'menu', '-l', text);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until the screen stands still with something to do, and tells what. */
async function asked() {
  const began = Date.now();
  for (let before = ''; Date.now() - began < PATIENCE_MS; await pause(POLL_MS)) {
    const lines = screen();
    const text = lines.join('\n');
    const ended = /^ended (\d+)$/.exec(lines.at(-1) ?? '');
    const question = lines.findLast((line) => line.startsWith('? ')) ?? '';
    const isList = /navigate/.test(lines.at(-1) ?? '');
    const isWords = !isList && question !== '' && lines.indexOf(question) >= lines.length - 2;
    if (text === before && ended) return { ended: Number(ended[1]) };
    if (text === before && isList) return { question, lines };
    if (text === before && isWords) return { question, words: true };
    before = text;
  }
  throw new Error(`nothing was asked within ${PATIENCE_MS / 1000} s. The screen:\n${screen().join('\n')}`);
}

/** Moves to the line of a list that has a text in it. */
async function choose(part) {
  for (let moves = 0; moves < 12; moves++) {
    const at = screen().find((line) => line.startsWith('❯')) ?? '';
    if (at.includes(part)) return keys('Enter');
    keys('Down');
    await pause(POLL_MS);
  }
  throw new Error(`the menu has no "${part}":\n${screen().join('\n')}`);
}

/** One visit to the menu: the choice, and what is asked on the way. @returns the exit code */
async function visit(choice) {
  keys('-R', 'C-l');
  tmux('clear-history', '-t', 'menu');
  type(`clear; '${process.execPath}' '${cli}'; echo "ended $?"`);
  keys('Enter');
  for (;;) {
    const { ended, question, words } = await asked();
    if (ended !== undefined) return ended;
    if (question.startsWith('? What next?')) await choose(choice);
    else if (words) {
      type(question.includes('Run them?') ? ANSWER : question.includes('skipped?') ? REASON : 'no');
      keys('Enter');
    } else keys('Enter');
    await pause(3 * POLL_MS);
  }
}

const wrong = [];
const shell = `PS1='' exec bash --norc --noprofile`;
try {
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'menu', '-x', '150', '-y', '120', '-c', byMenu, shell);
  for (const [choice, args, code] of JOURNEY) {
    const menu = await visit(choice);
    const {
      status: flags,
      stdout,
      stderr,
    } = spawnSync(process.execPath, [cli, ...args], {
      ...{ cwd: byFlags, env: environment, encoding: 'utf8' },
    });
    console.log(`${menu === code && flags === code ? '✔' : '✘'} ${choice}  =  migrate ${args.join(' ')}`);
    if (menu !== code) wrong.push(`"${choice}" ended with ${menu}, not ${code}:\n${screen().join('\n')}`);
    if (flags !== code)
      wrong.push(`migrate ${args.join(' ')} ended with ${flags}, not ${code}:\n${stdout}${stderr}`);
    if (wrong.length > 0) break;
  }
} finally {
  tmux('kill-server');
}

const git = (cwd, ...args) => spawnSync('git', args, { cwd, encoding: 'utf8' }).stdout;
const compare = (what, of) => {
  const [menu, flags] = [byMenu, byFlags].map(of);
  const same = isDeepStrictEqual(menu, flags);
  console.log(`${same ? '✔' : '✘'} the same ${what}`);
  if (!same) wrong.push(`${what}: by the menu\n${shown(menu)}\nby flags\n${shown(flags)}`);
};
const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));

/** Without times, hashes of commits, and ids made of the time. */
const plain = (text) =>
  text
    .replace(/\b\d{14}-[0-9a-f]{6}\b/g, '<id>')
    .replace(/\d{4}-\d\d-\d\d[T-]\d\d[-:]?\d\d[-:]?\d\d[\w.-]*/g, '<time>')
    .replace(/\b[0-9a-f]{8,64}\b/g, '<hash>')
    .replace(/"(\w*[mM]s)":\s*[\d.]+/g, '"$1":0')
    .replace(/after \d+ ms/g, 'after <n> ms');
const own = (folder, name) => readFileSync(join(folder, '.migrate', name), 'utf8');
const files = (folder) =>
  git(folder, 'ls-files', '-s', '--', '.', ':!.migrate') +
  git(folder, 'status', '--porcelain', '--', '.', ':!.migrate');

if (wrong.length === 0) {
  compare('files', files);
  compare('commits', (folder) => plain(git(folder, 'log', '--format=%s%n%b')));
  compare('plan', (folder) => {
    const plan = JSON.parse(plain(own(folder, 'plan.json')));
    // Whom the answer came from is all that may differ.
    return { ...plan, target: { ...plan.target, answeredBy: null } };
  });
  compare('log of what was done', (folder) =>
    plain(own(folder, 'state.jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  compare('decisions', (folder) => existsSync(join(folder, '.migrate', 'decisions')));
}
if (wrong.length > 0) console.error(`\n${wrong.join('\n\n')}\n\nThe folders are kept: ${scratch}`);
else rmSync(scratch, { recursive: true, force: true });
process.exit(wrong.length > 0 ? 1 : 0);
