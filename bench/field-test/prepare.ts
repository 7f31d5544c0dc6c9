import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ChangeSet } from '../../src/model/changeset.ts';
import type { Application } from './list.ts';

/** Both trees of an application in scratch, installed: as it was, and as the codemod left it. */
export interface Prepared {
  original: string;
  converted: string;
  changes: ChangeSet;
  lines: number;
  routes: number;
}

/** Not written by the authors, or not run by the server. */
const NOT_COUNTED = /(^|\/)(node_modules|public|static|dist|vendor)\/|\.min\.[cm]?js$|\.d\.ts$/;
const ENTRY = 'field-test-start.cjs';

/** The commit of an application in `clones`, fetched from GitHub when it is not there. */
export async function clone(
  { repository, commit }: Pick<Application, 'repository' | 'commit'>,
  clones: string,
): Promise<string> {
  const folder = join(clones, repository.replace('/', '+'));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const url = `https://github.com/${repository}.git`;
    try {
      await execa('git', ['init', '--quiet'], { cwd: folder });
      await execa('git', ['fetch', '--quiet', '--depth=1', url, commit], { cwd: folder });
    } catch (error) {
      // An empty clone would be taken for a whole one the next time.
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }
  return folder;
}

/** Writes the files of an application, as they are at its commit, to a folder. */
export async function extract(
  from: string,
  { commit, folder }: Pick<Application, 'commit' | 'folder'>,
  into: string,
): Promise<void> {
  mkdirSync(into, { recursive: true });
  const archive = `${into}.tar`;
  const inside = folder === '.' ? commit : `${commit}:${folder}`;
  await execa('git', ['archive', '--format=tar', `--output=${archive}`, inside], { cwd: from });
  await execa('tar', ['-xf', archive, '-C', into]);
  rmSync(archive);
}

const npmInstall = (cwd: string, packages: readonly string[] = []) =>
  execa('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', ...packages], {
    cwd,
  });

/** Installs what a package.json asks for now, starting from what is installed already. */
export async function prepare(
  app: Application,
  clones: string,
  scratch: string,
  cli: string,
): Promise<Prepared> {
  const from = await clone(app, clones);
  const trees = { original: join(scratch, 'original'), converted: join(scratch, 'converted') };
  const extra = app.also.length === 0 ? [] : ['--no-save', ...app.also];
  // A scratch folder that was given keeps what is installed from one run to the next.
  if (!existsSync(trees.original)) {
    await extract(from, app, trees.original);
    await npmInstall(trees.original, extra);
    for (const [program = 'npm', ...args] of app.setup) await execa(program, args, { cwd: trees.original });
  }
  rmSync(trees.converted, { recursive: true, force: true });
  // Of an earlier run: neither counted nor converted.
  rmSync(join(trees.original, ENTRY), { force: true });
  cpSync(trees.original, trees.converted, { recursive: true, verbatimSymlinks: true });
  const { lines, routes } = await measure(trees.original, cli);
  const { stdout } = await execa(
    process.execPath,
    [
      cli,
      'codemod',
      'run',
      'express-to-hono',
      '--write',
      '--allow-dirty',
      '--json',
      '--dir',
      trees.converted,
    ],
    { reject: false },
  );
  const changes = JSON.parse(stdout) as ChangeSet;
  if (changes.outcomes === undefined) throw new Error(`migrate codemod run: ${stdout.slice(0, 2_000)}`);
  await npmInstall(trees.converted, extra);
  for (const folder of Object.values(trees)) writeStart(app, folder);
  return { ...trees, changes, lines, routes };
}

async function measure(folder: string, cli: string): Promise<{ lines: number; routes: number }> {
  const { stdout } = await execa(process.execPath, [cli, 'inventory', '--json'], { cwd: folder });
  const { routes } = JSON.parse(stdout) as { routes: unknown[] };
  return { lines: linesIn(folder, ''), routes: routes.length };
}

function linesIn(root: string, under: string): number {
  let lines = 0;
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (NOT_COUNTED.test(entry.isDirectory() ? `${path}/` : path) || entry.name === '.git') continue;
    if (entry.isDirectory()) lines += linesIn(root, path);
    else if (/\.[cm]?[jt]sx?$/.test(path))
      lines += readFileSync(join(root, path), 'utf8').split('\n').length - 1;
  }
  return lines;
}

/** The file to start: the application's own, or one that gives it what its start script or our free port needs. */
export const startFile = (app: Application): string =>
  app.loader === undefined && app.port === undefined ? app.entry : ENTRY;

function writeStart(app: Application, folder: string): void {
  if (startFile(app) === app.entry) return;
  const loaders = {
    tsx: "require('tsx/cjs');",
    'ts-node': "require('ts-node/register/transpile-only');",
    'ts-node-paths': "require('ts-node/register/transpile-only');\n  require('tsconfig-paths/register');",
  };
  const lines = [
    '// Starts the application as its own start script does; written by the field test.',
    ...(app.port === undefined
      ? []
      : [
          "const { Server } = require('node:http');",
          'const listen = Server.prototype.listen;',
          'Server.prototype.listen = function (port, ...rest) {',
          `  return listen.call(this, Number(port) === ${app.port} ? Number(process.env.PORT) : port, ...rest);`,
          '};',
        ]),
    ...(app.loader === undefined
      ? [`import('./${app.entry}');`]
      : [
          // Bun runs TypeScript of every kind by itself; Deno takes the loader as Node does.
          `if (process.versions.bun) import('./${app.entry}');`,
          `else {\n  ${loaders[app.loader]}\n  require('./${app.entry}');\n}`,
        ]),
  ];
  writeFileSync(join(folder, ENTRY), `${lines.join('\n')}\n`);
}
