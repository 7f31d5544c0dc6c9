// The whole job on a real application: inventory, plan, codemod, then old and new side by side on real runtimes.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

const started = Date.now();
run(process.execPath, ['.tasks/build.mjs']);

const scratch = mkdtempSync(join(tmpdir(), 'migrate-demo-'));
const [before, after] = ['express-notes', 'express-notes-hono'].map((name) => join(scratch, name));
const cli = join(root, 'dist', 'src', 'cli.js');
const environment = { ...process.env, MIGRATE_CACHE: process.env.MIGRATE_CACHE ?? join(root, '.cache') };

/** Runs one `migrate` command in a folder, showing it as a user would type it. */
function migrate(folder, args, accepted = [0]) {
  console.log(`\n\u001b[1m$ migrate ${args.map((arg) => arg.replaceAll(`${scratch}/`, '../')).join(' ')}\u001b[0m`);
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: folder, stdio: 'inherit', env: environment });
  if (!accepted.includes(done.status)) {
    console.error(`The demo stops here: \`migrate ${args[0]}\` ended with exit code ${done.status}.`);
    process.exit(done.status || 1);
  }
  return done.status;
}

const quiet = (folder, program, ...args) =>
  run(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

function commit(folder, message) {
  quiet(folder, 'git', 'add', '--all');
  const author = ['-c', 'user.name=demo', '-c', 'user.email=demo@example.com'];
  quiet(folder, 'git', ...author, 'commit', '--quiet', '--message', message);
}

const installApp = (folder) =>
  quiet(folder, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline');

console.log(`A copy of fixtures/express-notes, as its own git repository: ${before}`);
cpSync(join(root, 'fixtures', 'express-notes'), before, {
  recursive: true,
  filter: (from) => !/[\\/](node_modules|\.migrate|uploads)$/.test(from),
});
quiet(before, 'git', 'init', '--quiet');
commit(before, 'express-notes as it runs in production');
installApp(before);

migrate(before, ['inventory']);
migrate(before, ['plan', '--target', 'bun', '--yes']);
commit(before, 'The migration plan');

quiet(scratch, 'git', 'clone', '--quiet', before, after);
migrate(after, ['codemod', 'run', 'express-to-hono', '--write']);
commit(after, 'express-to-hono');
installApp(after);

const verdicts = [];
for (const target of ['node@22', 'bun', 'deno']) {
  const out = join(before, '.migrate', 'runs', `demo-${target.replace('@', '-')}`);
  const sides = ['--old', `node@22:${before}`, '--new', `${target}:${after}`];
  const traffic = ['--traffic', join(before, 'traffic.har'), '--writes', 'isolated', '--out', out];
  const code = migrate(before, ['shadow', 'run', ...sides, ...traffic], [0, 1, 6, 7]);
  const report = join(out, 'report.json');
  const verdict = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).verdict : null;
  verdicts.push({ target, code, name: verdict?.verdict ?? verdict?.outcome ?? '?', html: join(out, 'report.html') });
}

console.log('\nOld application on Node 22 against the converted one');
for (const { target, name, html } of verdicts) console.log(`  ${target.padEnd(8)} ${name.padEnd(13)} ${html}`);
console.log(`\n${Math.round((Date.now() - started) / 1000)} s in all. Everything is in ${scratch}`);
if (process.env.MIGRATE_DEMO_CLEAN) rmSync(scratch, { recursive: true, force: true });
process.exit(verdicts.every(({ code }) => code === 0) ? 0 : 1);
