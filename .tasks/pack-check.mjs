// What a user gets from the registry: packs, installs the tarball in an empty directory, and runs the command there.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from './application.mjs';
import { install, root, run } from './setup.mjs';

/** Folders that are of use to us only. */
const OURS = /(^|\/)(fixtures|__fixtures__|testing|cases|bench|\.tasks)\/|\.test\.[jt]s/;
const NPM = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
const COMMANDS = [
  [['--version'], /^\d+\.\d+\.\d+\n$/],
  [['plan', '--target', 'bun', '--yes'], /Written {3}\.migrate\/plan\.json/],
  [['codemod', 'list'], /^express-to-hono .*\nfs-to-r2 /m],
  [['codemod', 'show', 'express-to-hono'], /^express-to-hono {2}express → hono/m],
  [['codemod', 'run', 'express-to-hono'], /Nothing written\. Apply with/],
  [['runtimes'], /^ {2}workers /m],
];

install();
const scratch = mkdtempSync(join(tmpdir(), 'migrate-pack-'));
let failures = 0;
const fail = (what) => {
  failures++;
  console.error(`✘ ${what}`);
};

try {
  run('npm', ['pack', '--silent', '--pack-destination', scratch], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [tarball = ''] = readdirSync(scratch);
  const empty = join(scratch, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', ...NPM, join(scratch, tarball)], { cwd: empty });

  const installed = join(empty, 'node_modules', 'runtime-migrate');
  const files = readdirSync(installed, { recursive: true }).map((path) => path.replaceAll('\\', '/'));
  const ours = files.filter((path) => OURS.test(path) && !path.startsWith('node_modules/'));
  if (ours.length > 0) fail(`the tarball holds ${ours.slice(0, 5).join(', ')}`);
  console.log(`✔ ${tarball}: ${files.length} files and folders`);

  const app = join(empty, 'notes');
  cpSync(join(root, 'fixtures', 'express-notes'), app, {
    recursive: true,
    filter: (from) => !/[\\/](node_modules|\.migrate|uploads)$/.test(from),
  });
  for (const [args, expected] of COMMANDS) {
    const ran = spawnSync('npx', ['--no-install', 'migrate', ...args], {
      ...{ cwd: app, env: environment, encoding: 'utf8' },
    });
    const said = `migrate ${args.join(' ')}`;
    if (ran.status !== 0 || !expected.test(ran.stdout))
      fail(
        `${said} ended with exit code ${ran.status}:\n${ran.stdout.slice(-2000)}${ran.stderr.slice(-2000)}`,
      );
    else console.log(`✔ ${said}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);
