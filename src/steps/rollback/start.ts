import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import type { Rehearsal } from '../../model/promotion.ts';
import { launchAlone } from '../../shadow/index.ts';
import { openRepository } from '../../workspace/repository.ts';
import { giveModules } from '../packages.ts';

/** Installs what the manifest asks for, where it is another one, and starts the application until it answers. */
export async function startCheck(
  root: string,
  spec: string,
  how: { manifestChanged: boolean; signal: AbortSignal; progress(text: string): void },
): Promise<NonNullable<Rehearsal['start']>> {
  const { signal, progress } = how;
  const logs = mkdtempSync(join(realpathSync(tmpdir()), 'migrate-step-notes-'));
  try {
    if (how.manifestChanged) {
      progress('installing packages');
      await giveModules(root, (await openRepository(root)).packageJson, signal);
    }
    progress(`starting on ${spec}`);
    const { side, close } = await launchAlone(
      { spec: `${spec}:${root}` },
      { cwd: root, logs, effects: false, signal, progress },
    );
    const { runtime: name, version, platform, startMs: ms } = side.identity;
    await close();
    return { spec, runtime: { spec, name, version, platform }, ms, failed: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof MigrateError)) throw error;
    const failed = error.message.replaceAll(root, '.').replaceAll(logs, '.');
    return { spec, runtime: null, ms: null, failed };
  } finally {
    rmSync(logs, { recursive: true, force: true });
  }
}
