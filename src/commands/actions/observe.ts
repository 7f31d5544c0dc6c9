import { resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { ExitCode } from '../../model/exit.ts';
import { observe, ownVariables } from '../../monitoring/index.ts';
import { oldSpec } from '../../plan/project.ts';
import type { Io } from '../../report/io.ts';
import { printMonitoring } from '../../report/promotion/monitoring.ts';
import { findEntry, splitSide } from '../../runtimes/index.ts';
import { readRedactRules, redactionKey, redactor } from '../../shadow/index.ts';
import { readEnvFiles } from '../../try/index.ts';
import { keepMonitoring } from '../../workspace/evidence/monitoring.ts';
import { openRepository } from '../../workspace/repository.ts';
import { appendState, stateFolder } from '../../workspace/state.ts';
import { EXIT } from '../shadow-group.ts';
import { trafficOf } from '../traffic.ts';
import { numberOf, usage } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  old?: string;
  new?: string;
  traffic: string;
  writes: string;
  oldEntry?: string;
  newEntry?: string;
  envFile: string[];
  wait: string;
  timeout: string;
  startTimeout: string;
  json?: boolean;
}

/** `migrate observe`: what monitoring is told by both sides, and its evidence. */
export async function observeCommand(io: Io, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const { writes } = options;
  if (options.new === undefined) throw usage('--new is missing: see migrate observe --help.');
  if (writes !== 'refused' && writes !== 'isolated')
    throw usage(`--writes is "isolated" or "refused", not "${writes}".`);
  const waitMs = numberOf('--wait', options.wait, 0, 3_600_000);
  const timeoutMs = numberOf('--timeout', options.timeout, 1, 3_600_000);
  const startTimeoutMs = numberOf('--start-timeout', options.startTimeout, 1, 3_600_000);
  const env = readEnvFiles(io.cwd, options.envFile);
  const next = await splitSide(options.new, io.cwd);
  const repository = await openRepository(next.dir);
  const progress = (text: string | null) => io.progress(text);
  const inventory = await collectInventory(next.dir, { signal: io.signal, progress });
  const old = await splitSide(options.old ?? `${oldSpec(inventory)}:${next.dir}`, io.cwd);
  await findEntry(old.dir, old.spec.name, options.oldEntry);
  await findEntry(next.dir, next.spec.name, options.newEntry);
  const routes = inventory.routes.map(({ method, path }) => ({ method, path }));
  const own = stateFolder(repository.root);
  const found = await observe({
    ...{ repository, inventory, env, own: ownVariables(next.dir, env), writes },
    sides: {
      old: { spec: `${old.spec.raw}:${old.dir}`, ...(options.oldEntry && { entry: options.oldEntry }) },
      new: { spec: `${next.spec.raw}:${next.dir}`, ...(options.newEntry && { entry: options.newEntry }) },
    },
    traffic: await trafficOf(io, options.traffic, routes),
    redact: redactor(redactionKey(own), readRedactRules(own)),
    ...{ timeoutMs, startTimeoutMs, waitMs, tool: await ownVersion(), signal: io.signal, progress },
    notice: (text) => io.note(text),
  });
  const written = found.requests.asked > 0 ? keepMonitoring(resolve(repository.root), found) : null;
  if (written) appendState(repository.root, 'observed', { monitoring: found.id, outcome: found.outcome });
  if (io.json) io.document(found);
  printMonitoring(io, found, written);
  return found.requests.asked === 0 ? ExitCode.invalid : EXIT[found.outcome];
}
