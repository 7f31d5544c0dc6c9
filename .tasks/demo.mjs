// The whole job on a real application: inventory, plan, codemod, then old and new side by side on real runtimes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, cloneBeside, commit, environment, installApp, prepare } from './application.mjs';
import { run } from './setup.mjs';

const TARGETS = ['node@22', 'bun', 'deno'];
const started = Date.now();
run(process.execPath, ['.tasks/build.mjs']);

const { scratch, folder: before } = prepare('express-notes');
console.log(`A copy of fixtures/express-notes, as its own git repository: ${before}`);

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
  if (!accepted.includes(done.status)) {
    console.error(`The demo stops here: \`migrate ${args[0]}\` ended with exit code ${done.status}.`);
    process.exit(done.status || 1);
  }
  return done.status;
}

migrate(before, ['inventory']);
migrate(before, ['plan', '--target', 'bun', '--yes']);
commit(before, 'The migration plan');
migrate(before, ['runtimes', 'install', ...TARGETS]);

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
