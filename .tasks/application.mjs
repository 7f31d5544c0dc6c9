// Scratch copies of a fixture application: the original, and later the converted one, each its own git repository.
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './setup.mjs';

export const cli = join(root, 'dist', 'src', 'cli.js');

/** What every `migrate` started from here sees: runtimes are cached inside this repository, so a second run is quick. */
export const environment = {
  ...process.env,
  MIGRATE_CACHE: process.env.MIGRATE_CACHE ?? join(root, '.cache'),
};

const quiet = (folder, program, ...args) =>
  run(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

/** Commits everything in `folder`, whatever identity git is set up with. */
export function commit(folder, message) {
  quiet(folder, 'git', 'add', '--all');
  const author = ['-c', 'user.name=demo', '-c', 'user.email=demo@example.com', '-c', 'commit.gpgsign=false'];
  quiet(folder, 'git', ...author, 'commit', '--quiet', '--message', message);
}

export const installApp = (folder) =>
  quiet(folder, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline');

/** A scratch folder with the fixture in it, committed and installed. */
export function prepare(name) {
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-demo-'));
  const folder = join(scratch, name);
  cpSync(join(root, 'fixtures', name), folder, {
    recursive: true,
    filter: (from) => !/[\\/](node_modules|\.migrate|uploads)$/.test(from),
  });
  quiet(folder, 'git', 'init', '--quiet');
  commit(folder, `${name} as it runs in production`);
  installApp(folder);
  return { scratch, folder };
}

/** A clone of `folder` beside it, to be converted. */
export function cloneBeside(folder, suffix = 'hono') {
  const copy = `${folder}-${suffix}`;
  quiet(folder, 'git', 'clone', '--quiet', folder, copy);
  return copy;
}
