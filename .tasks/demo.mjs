// The whole journey on a real application: tried, planned, carried out step by step, promoted, taken back byte for byte; then
// converted to Hono, and old and new side by side on real runtimes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, cloneBeside, commit, environment, installApp, prepare } from './application.mjs';
import { run } from './setup.mjs';

const TARGETS = ['node@22', 'bun', 'deno'];
/** What the demo lets be: it has no production, and one machine for a minute is no week of traffic. */
const LET_BE = ['--reason', 'a demo: no production, and one minute of traffic', '--by', 'npm run demo'];
/** The step that takes days: traffic goes over by and by. */
const GRADUAL = /\/(?:shift|route)$/;
const started = Date.now();
run(process.execPath, ['.tasks/build.mjs']);

const [fixture = 'express-notes'] = process.argv.slice(2);
const { scratch, folder: before } = prepare(fixture);
console.log(`A copy of fixtures/${fixture}, as its own git repository: ${before}`);
for (const [name, value] of [
  ['user.name', 'demo'],
  ['user.email', 'demo@example.com'],
  ['commit.gpgsign', 'false'],
])
  run('git', ['config', name, value], { cwd: before });

/** Runs one `migrate` command in a folder, showing it as a user would type it. */
function migrate(folder, args, accepted = [0]) {
  console.log(
    `\n\u001b[1m$ migrate ${args.map((arg) => arg.replaceAll(`${scratch}/`, '../')).join(' ')}\u001b[0m`,
  );
  const done = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    stdio: 'inherit',
    env: environment,
  });
  if (!accepted.includes(done.status)) stop(`\`migrate ${args[0]}\` ended with exit code ${done.status}.`);
  return done.status;
}

/** What a command says to programs. */
function asked(folder, args) {
  const done = spawnSync(process.execPath, [cli, ...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
    maxBuffer: 1 << 28,
  });
  return JSON.parse(done.stdout);
}

function stop(why) {
  console.error(`The demo stops here: ${why}`);
  process.exit(1);
}

/** Every file of the repository by its bytes, without what is ours. */
function bytes(folder) {
  const listed = spawnSync('git', ['ls-files', '-z', '--', '.', ':!.migrate'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const digest = (path) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  return listed.stdout
    .split('\0')
    .filter(Boolean)
    .map((path) => `${path} ${digest(path)}`);
}

const RECORDED = ['--traffic', 'traffic.har', '--writes', 'isolated'];

/** Carries a stage out as far as commands can, has it judged, and promotes it with what is let be. */
function carryOut({ id, steps }) {
  for (const { id: step, actions } of steps)
    if (actions.every((action) => action.do === 'ask') && !GRADUAL.test(step))
      migrate(before, ['skip', step, '--reason', 'a demo has no production']);
  const last = steps.findLast(({ id: step }) => !GRADUAL.test(step));
  // Of scripts it is asked whether they write elsewhere; of the new runtime, whether monitoring hears of it.
  const answer = [
    '--answer',
    id === 'full-switch' ? 'nothing watches it on Node either' : 'they write in the copy only',
  ];
  migrate(before, ['apply', id, '--to', last.id, '--yes', '--writes', 'isolated', ...answer]);
  if (id === 'full-switch')
    migrate(before, ['try', '--on', 'bun@1.4', '--no-convert', '--time', '0', ...RECORDED]);
  migrate(before, ['rollback', id, '--rehearse']);
  migrate(before, ['promote', id], [0, 1, 6]);
  const open = asked(before, ['promote', id, '--dry-run']).checks.filter(({ outcome }) => outcome !== 'PASS');
  const gates = [...new Set(open.map(({ gate }) => gate))];
  const proven = gates.find((gate) => /^(shadow|verdict|try|rollback|scripts|production)$/.test(gate));
  if (proven) stop(`the gate "${proven}" does not hold, and a demo cannot let that be.`);
  if (gates.length > 0) migrate(before, ['promote', id, '--waive', gates.join(','), ...LET_BE]);
}

migrate(before, ['inventory']);
migrate(before, ['runtimes', 'install', ...TARGETS, 'bun@1.4']);
migrate(before, ['try', '--on', 'bun', '--no-convert', '--time', '1', ...RECORDED]);
migrate(before, ['plan', '--target', 'bun', '--yes']);
commit(before, 'The migration plan');
const untouched = bytes(before);
const plan = JSON.parse(readFileSync(join(before, '.migrate', 'plan.json'), 'utf8'));
const stages = plan.stages.filter(
  ({ status, steps, optional }) => status === 'ready' && steps.length > 0 && !optional,
);
if (stages.length < 3) stop(`of three stages ${stages.length} are ready.`);
stages.forEach(carryOut);
for (const { id } of stages.toReversed()) migrate(before, ['rollback', id, '--yes']);
const now = bytes(before);
const differing = untouched.filter((line, i) => now[i] !== line);
if (now.length !== untouched.length || differing.length > 0)
  stop(`after the way back these files are others: ${differing.join(', ')}`);
console.log(`All ${untouched.length} files are byte for byte as before the first stage.`);

const after = cloneBeside(before);
migrate(after, ['codemod', 'run', 'express-to-hono', '--write']);
installApp(after);
commit(after, 'express-to-hono');

const verdicts = TARGETS.map((target) => {
  const out = join(before, '.migrate', 'runs', `demo-${target.replace('@', '-')}`);
  const sides = ['--old', `node@22:${before}`, '--new', `${target}:${after}`];
  const traffic = ['--traffic', join(before, 'traffic.har'), '--writes', 'isolated', '--out', out];
  const code = migrate(before, ['shadow', 'run', ...sides, ...traffic], [0, 1, 6, 7]);
  const report = join(out, 'report.json');
  const verdict = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).verdict : 'no report';
  return { target, passed: code === 0 && verdict === 'PASS', verdict, html: join(out, 'report.html') };
});

console.log('\nOld application on Node 22 against the converted one');
for (const { target, verdict, html } of verdicts)
  console.log(`  ${target.padEnd(8)} ${verdict.padEnd(13)} ${html}`);
console.log(`\n${Math.round((Date.now() - started) / 1000)} s in all. Everything is in ${scratch}`);
process.exit(verdicts.every(({ passed }) => passed) ? 0 : 1);
