import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import { type Renderer, type Rendering, renderers } from '../../render/index.ts';
import type { Io } from '../../report/io.ts';
import { parseSpec } from '../../runtimes/index.ts';
import { writeFileAtomic } from '../../workspace/atomic.ts';
import { git, pathPrefix } from '../../workspace/git.ts';
import { resolveInside } from '../../workspace/repository.ts';
import { openStage, type StageHere, withGates } from '../judged-stage.ts';
import { numberOf, usage } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  out?: string;
  shards: string;
  traffic?: string;
  writes: string;
  name?: string;
  port: string;
  rate?: string;
  p99?: string;
  repository?: string;
  image?: string;
  force?: boolean;
  stdout?: boolean;
  dir: string;
  json?: boolean;
}

/** How a lockfile is installed as it is. */
const INSTALLS: Readonly<Record<string, string>> = {
  ...{ 'package-lock.json': 'npm ci', 'npm-shrinkwrap.json': 'npm ci' },
  ...{ 'pnpm-lock.yaml': 'npx --yes pnpm install --frozen-lockfile' },
  ...{ 'yarn.lock': 'npx --yes yarn install --frozen-lockfile' },
  ...{
    'bun.lock': 'npx --yes bun install --frozen-lockfile',
    'bun.lockb': 'npx --yes bun install --frozen-lockfile',
  },
};

/** `migrate render`: a file for another engine, from the gates of a stage. */
export async function render(io: Io, kind: string, stage: string, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const known = await renderers();
  const renderer = known.find((one) => one.kind === kind);
  if (!renderer)
    throw usage(
      `There is no kind of file "${kind}".`,
      `There are ${known.map((one) => one.kind).join(', ')}.`,
    );
  const here = await openStage(io, options.dir, stage);
  const text = renderer.render(await renderingOf(here, options));
  if (options.stdout) io.line(text.trimEnd());
  const file = options.out ?? renderer.file;
  const { root } = here.repository;
  const base = renderer.atTop && options.out === undefined ? resolve(root, up(await pathPrefix(root))) : root;
  const written = options.stdout ? null : write(base, file, text, Boolean(options.force));
  if (io.json)
    io.document({
      schema: 'migrate/rendered',
      version: 1,
      ...{ kind, stage: here.stage.id, file: written, text },
    });
  else if (written) tell(io, renderer, written);
  return ExitCode.ok;
}

async function renderingOf(here: StageHere, options: Options): Promise<Rendering> {
  const { repository, stage, now, before } = here;
  const { root, packageJson, files } = repository;
  const { gates, shadow, specs } = withGates(here);
  const old = specs.old ?? stage.startsOn ?? 'node@22';
  for (const spec of [old, specs.new]) await parseSpec(spec);
  if (options.writes !== 'refused' && options.writes !== 'isolated')
    throw usage(`--writes is "isolated" or "refused", not "${options.writes}".`);
  const name = options.name ?? deployable(packageJson.name ?? 'app');
  if (!/^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/.test(name))
    throw usage(`--name is lower-case letters, digits and hyphens, not "${name}".`);
  const lock = Object.keys(INSTALLS).find((each) => files.includes(each));
  return {
    ...{ stage: stage.id, gates, shadow, old, new: specs.new, commit: now.commit, before: before.commit },
    migrate: `npx --yes --package=runtime-migrate@${await ownVersion()} migrate`,
    install: lock === undefined ? null : (INSTALLS[lock] ?? null),
    folder: await folderOf(root),
    shards: numberOf('--shards', options.shards, 1, 256),
    traffic: trafficOf(files, options.traffic),
    ...{ writes: options.writes, name, port: numberOf('--port', options.port, 1, 65_535) },
    rate: options.rate === undefined ? null : numberOf('--rate', options.rate, 0.001, 10_000_000),
    p99: options.p99 === undefined ? null : numberOf('--p99', options.p99, 0.001, 3_600_000),
    repository: options.repository ?? (await remoteOf(root)),
    image: options.image ?? `node:${/^node@(\d+)/.exec(old)?.[1] ?? '22'}-bookworm`,
  };
}

/** From a folder of the git repository to its top. */
const up = (prefix: string): string => prefix.replaceAll(/[^/]+\//g, '../');

/** Where the project is in the repository. @throws MigrateError (exit 2) for a name that a script would have to quote */
async function folderOf(root: string): Promise<string> {
  const prefix = (await pathPrefix(root)).replace(/\/$/, '');
  if (/[^\w./@ -]/.test(prefix))
    throw usage(`The folder ${prefix} has signs in its name that a shell would read.`);
  return prefix === '' ? '' : `/${prefix}`;
}

/** The traffic that a runner finds: a file in git, or one that is mounted there. */
function trafficOf(files: readonly string[], given: string | undefined): string {
  if (given === undefined) return files.includes('traffic.har') ? 'traffic.har' : 'routes';
  if (
    given === 'routes' ||
    isAbsolute(given) ||
    files.some((file) => file === given || file.startsWith(`${given}/`))
  )
    return given;
  throw new MigrateError(
    'TRAFFIC_NOT_COMMITTED',
    `${given} is no file that git has, so a runner would not find it.`,
    {
      hint: 'Commit it without its secrets, give the absolute path it has on the runner, or --traffic routes.',
    },
  );
}

/** Without a name and a password that may stand in it. */
async function remoteOf(root: string): Promise<string | null> {
  const { ok, out } = await git(root, ['remote', 'get-url', 'origin']);
  return ok ? out.trim().replace(/^(\w+:\/\/)[^/@]*@/, '$1') : null;
}

const deployable = (name: string): string =>
  name
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50) || 'app';

/** @throws MigrateError `WOULD_OVERWRITE`, `OUTSIDE_REPOSITORY` (exit 3) */
function write(root: string, file: string, text: string, force: boolean): string {
  const absolute = resolveInside(root, file);
  if (!force && existsSync(absolute) && readFileSync(absolute, 'utf8') !== text)
    throw new MigrateError('WOULD_OVERWRITE', `${file} is there and holds something else.`, {
      hint: 'Give --force to write over it, --out <file> for another place, or --stdout to see it.',
    });
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileAtomic(absolute, text);
  if (file.endsWith('.sh')) chmodSync(absolute, 0o755);
  return file;
}

function tell(io: Io, { title }: Renderer, file: string): void {
  io.line(`Written   ${file}  (${title})`);
  io.line('          Review it and commit it: nothing was deployed.');
}
