import { resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { ExitCode } from '../../model/exit.ts';
import { oldSpec } from '../../plan/project.ts';
import type { Io } from '../../report/io.ts';
import { printScripts } from '../../report/scripts.ts';
import { compareScripts } from '../../scripts/index.ts';
import { splitCommand } from '../../shadow/index.ts';
import { readEnvFiles } from '../../try/index.ts';
import { writeComparison } from '../../workspace/evidence/script-comparisons.ts';
import { openRepository } from '../../workspace/repository.ts';
import { appendState } from '../../workspace/state.ts';
import { numberOf } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  dir: string;
  on: string;
  today?: string;
  envFile: string[];
  setup: string[];
  timeout: string;
  json?: boolean;
}

/** `migrate scripts compare`: each script on both, and its evidence. */
export async function compare(io: Io, names: readonly string[], options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const root = resolve(io.cwd, options.dir);
  const timeoutMs = 1000 * numberOf('--timeout', options.timeout, 1, 86_400);
  const setup = options.setup.map((text) => splitCommand(text, '--setup'));
  const env = readEnvFiles(io.cwd, options.envFile);
  const repository = await openRepository(root);
  const progress = (text: string | null) => io.progress(text);
  const inventory = await collectInventory(root, { signal: io.signal, progress });
  const found = await compareScripts({
    ...{ repository, inventory, names, setup, env, timeoutMs, bun: options.on },
    today: options.today ?? oldSpec(inventory),
    tool: await ownVersion(),
    ...{ signal: io.signal, progress, notice: (text) => io.note(text) },
  });
  io.progress(null);
  const compared = found.scripts.filter(({ outcome }) => outcome !== 'none');
  const written = compared.length > 0 ? writeComparison(root, found) : null;
  if (written) appendState(root, 'scripts-compared', { comparison: found.id, scripts: compared.length });
  if (io.json) io.document(found);
  printScripts(io, found, written);
  if (compared.length === 0) return ExitCode.invalid;
  return compared.every(({ outcome }) => outcome === 'same') ? ExitCode.ok : ExitCode.findings;
}
