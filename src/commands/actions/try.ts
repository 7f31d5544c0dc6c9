import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Try } from '../../model/try.ts';
import { oldSpec } from '../../plan/project.ts';
import type { Io } from '../../report/io.ts';
import { printTry } from '../../report/try.ts';
import {
  readRedactRules,
  readTraffic,
  redactionKey,
  redactor,
  splitCommand,
  type Traffic,
} from '../../shadow/index.ts';
import { hasBaseline, readEnvFiles, tryOut, waysOf } from '../../try/index.ts';
import { writeTry } from '../../workspace/evidence/tries.ts';
import { openRepository } from '../../workspace/repository.ts';
import { appendState, stateFolder } from '../../workspace/state.ts';
import { readWaivers } from '../../workspace/waivers/read.ts';
import { numberOf, usage } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  on?: string;
  today?: string;
  convert: boolean;
  traffic?: string;
  writes: string;
  time: string;
  profile?: boolean;
  entry?: string;
  envFile: string[];
  setup: string[];
  timeout: string;
  startTimeout: string;
  permissions?: boolean;
  json?: boolean;
}

/** What `migrate try` does without a flag. */
export const DEFAULTS: Options = {
  ...{ convert: true, writes: 'refused', time: '6', envFile: [], setup: [] },
  ...{ timeout: '5000', startTimeout: '35000' },
};

/** `migrate try`: the table, and its evidence. */
export async function tryCommand(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const root = resolve(io.cwd, dir);
  const { found, written } = await makeTry(io, root, options);
  if (io.json) io.document(found);
  printTry(io, found, written);
  if (!hasBaseline(found)) return ExitCode.precondition;
  return found.requests.asked === 0 ? ExitCode.invalid : ExitCode.ok;
}

/**
 * Tries the application in a folder and keeps what was found, where there was a baseline to hold things against.
 *
 * @throws MigrateError as `tryOut`, and bad usage (exit code 2) naming the flag
 */
export async function makeTry(
  io: Io,
  root: string,
  options: Options,
  known?: Inventory,
): Promise<{ found: Try; written: string | null }> {
  const { writes } = options;
  if (writes !== 'refused' && writes !== 'isolated')
    throw usage(`--writes is "isolated" or "refused", not "${writes}".`);
  const seconds = numberOf('--time', options.time, 0, 3_600);
  const timeoutMs = numberOf('--timeout', options.timeout, 1, 3_600_000);
  const startTimeoutMs = numberOf('--start-timeout', options.startTimeout, 1, 3_600_000);
  const setup = options.setup.map((text) => splitCommand(text, '--setup'));
  const env = readEnvFiles(io.cwd, options.envFile);
  const inventory =
    known ?? (await collectInventory(root, { signal: io.signal, progress: (text) => io.progress(text) }));
  // Functions that a template declares may each be a package of its own.
  const isOptional = inventory.functions.length > 0;
  const repository = await openRepository(root, { packageJson: isOptional ? 'optional' : 'required' });
  const on = options.on?.split(',').map((spec) => spec.trim());
  const ways = await waysOf(options.today ?? oldSpec(inventory), on, options.convert && isExpress(inventory));
  const routes = inventory.routes.map(({ method, path, location, handler }) => ({
    ...{ method, path, location, handler },
  }));
  const own = stateFolder(root);
  const file = options.traffic ?? newestRecording(own);
  const traffic = await readTraffic(file === 'routes' ? file : resolve(io.cwd, file), {
    ...{ routes, state: own },
  }).catch((error) => {
    if (file !== 'routes' || error.code !== 'TRAFFIC_EMPTY') throw error;
    return onlyRoot();
  });
  traffic.file = file;
  const areUnknown = file === 'routes' && routes.length === 0;
  const found = await tryOut({
    ...{
      repository,
      inventory,
      traffic,
      routes,
      ways,
      setup,
      env,
      writes,
      seconds,
      timeoutMs,
      permissions: options.permissions ?? false,
      startTimeoutMs,
    },
    ...(options.entry !== undefined && { entry: options.entry }),
    ...(areUnknown && { trafficOf: (asked) => readTraffic('routes', { routes: asked, state: own }) }),
    ...(options.profile && { profile: true }),
    waivers: readWaivers(join(own, 'waivers.yaml')),
    redact: redactor(redactionKey(own), readRedactRules(own)),
    tool: await ownVersion(),
    signal: io.signal,
    progress: (text) => io.progress(text),
    notice: (text) => io.note(text),
  });
  if (!hasBaseline(found) || found.requests.asked === 0) return { found, written: null };
  const written = writeTry(root, found);
  appendState(root, 'tried', { try: found.id, rows: found.ways.length });
  return { found, written };
}

const isExpress = ({ routes }: Inventory): boolean => routes.some(({ framework }) => framework === 'express');

/** All there is to ask of an application whose routes could not be read: whether it answers at all. */
const onlyRoot = (): Traffic => ({
  ...{ source: 'routes', file: 'routes', skipped: new Map() },
  exchanges: [
    {
      ...{ schema: 'migrate/exchange', version: 1, index: 1, source: 'routes:/', session: '1' },
      request: {
        ...{ method: 'GET', origin: 'http://localhost', path: '/', body: null },
        headers: [
          ['Host', 'localhost'],
          ['Accept', '*/*'],
        ],
      },
      response: null,
    },
  ],
  warnings: [
    'No route of it could be read, so only GET / was asked: record real traffic (migrate record), and give it with --traffic.',
  ],
});

/** The newest recording in `.migrate/recordings`; `routes` where there is none. */
function newestRecording(own: string): string {
  const folder = join(own, 'recordings');
  if (!existsSync(folder)) return 'routes';
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  const newest = names.sort().at(-1);
  return newest === undefined ? 'routes' : join(folder, newest);
}
