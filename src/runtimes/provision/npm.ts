import { execa } from 'execa';
import { MigrateError } from '../../model/errors.ts';
import type { RuntimePackage } from '../contract.ts';
import { guardMark } from '../launch/guard.ts';

/** npm's own retries take over two minutes to say that there is no network. */
const PATIENCE = ['--fetch-retries=2', '--fetch-retry-mintimeout=300', '--fetch-retry-maxtimeout=2000'];

interface NpmOptions {
  /** Where npm runs: a folder of ours, so that no project's configuration is read. The user's own is. */
  cwd: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/**
 * Every published version of a package, from the registry the user's npm is set up for.
 *
 * @throws MigrateError NO_NPM, NO_PACKAGE or REGISTRY_UNREACHABLE
 */
export async function publishedVersions(name: string, options: NpmOptions): Promise<string[]> {
  const output = await npm(['view', name, 'versions', '--json'], name, options);
  const parsed: unknown = JSON.parse(output);
  return Array.isArray(parsed) ? parsed.map(String) : [String(parsed)];
}

/**
 * Installs exact packages into `options.cwd`/node_modules. No scripts are run: platform packages need none.
 *
 * @throws MigrateError NO_NPM, NO_PACKAGE, REGISTRY_UNREACHABLE or DISK_FULL
 */
export async function installPackages(packages: RuntimePackage[], options: NpmOptions): Promise<void> {
  const wanted = packages.map(({ name, range }) => (range ? `${name}@${range}` : name));
  const flags = [
    '--ignore-scripts',
    '--omit=optional',
    '--no-save',
    '--no-package-lock',
    '--engine-strict=false',
  ];
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--no-progress', '--loglevel=error'];
  const args = ['install', '--global=false', '--prefix', options.cwd, ...flags, ...quiet, ...wanted];
  await npm(args, wanted.join(' '), options);
}

async function npm(args: string[], what: string, { cwd, signal, timeoutMs }: NpmOptions): Promise<string> {
  const result = await execa('npm', [...args, ...PATIENCE], {
    cwd,
    env: await guardMark(),
    reject: false,
    stdin: 'ignore',
    timeout: timeoutMs ?? 600_000,
    forceKillAfterDelay: 2_000,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  signal?.throwIfAborted();
  if (!result.failed) return result.stdout;
  if (result.code === 'ENOENT') {
    throw new MigrateError('NO_NPM', 'npm is not on PATH, and runtimes are fetched with it.', {
      hint: 'Install npm, or put the runtime itself on PATH.',
    });
  }
  const said = `${result.stderr}\n${result.stdout}`;
  const detail = result.timedOut ? 'npm did not answer in time' : summary(said);
  if (/\bENOSPC\b|no space left|\bEDQUOT\b/i.test(said)) {
    throw new MigrateError('DISK_FULL', `There is no room left on the disk for ${what}.`, {
      hint: 'Free some space, or point MIGRATE_CACHE at another disk.',
    });
  }
  if (/\bE404\b/.test(said)) throw new MigrateError('NO_PACKAGE', `The npm registry has no ${what}.`);
  throw new MigrateError('REGISTRY_UNREACHABLE', `npm could not fetch ${what}: ${detail}.`, {
    hint: 'Check the network and the registry npm is set up for (npm config get registry), then try again.',
  });
}

/** npm's own first word about a failure, without its prefixes. */
function summary(text: string): string {
  const unreachable = /\breason: ([^\n]+)/.exec(text)?.[1]?.trim();
  if (unreachable) return `no connection to the registry (${unreachable.replace(/\.$/, '')})`;
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
    .filter((line) => line && !/^npm warn|^code |^errno|^syscall|^["{}]/.test(line));
  return (lines[0] ?? 'it ended without a word').replace(/\.$/, '').slice(0, 200);
}
