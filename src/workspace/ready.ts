import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Repairs what an earlier run left when it was killed, before anything reads the files. Call it first in every
 * command that reads or writes sources.
 *
 * @returns a sentence a repaired change, empty when there was nothing to repair
 * @throws MigrateError `LOCKED` when that run is still alive
 */
export async function repairInterruptedRun(directory: string): Promise<string[]> {
  if (!existsSync(directory)) return [];
  const root = realpathSync(directory);
  if (!existsSync(join(root, '.migrate', 'journal'))) return [];
  // Loaded here: most runs have nothing to repair, and a command that only reads starts faster without it.
  const { needsRecovery, recover } = await import('./journal.ts');
  const { withLock } = await import('./lock.ts');
  const { appendState } = await import('./state.ts');
  if (!needsRecovery(root)) return [];
  return withLock(root, 'repair', async () => {
    const { finishCommits } = await import('./commit.ts');
    const made = (await finishCommits(root)).map(({ id, label }) => {
      appendState(root, 'recovered', { journal: id, stage: 'committed' });
      return `${label} (${id}) had been interrupted after its commit; it is now complete.`;
    });
    const back = recover(root).map((entry) => {
      appendState(root, 'recovered', { journal: entry.id, stage: entry.stage });
      return entry.stage === 'undone'
        ? `The undo of ${entry.label} (${entry.id}) had been interrupted; it is now complete.`
        : `${entry.label} (${entry.id}) had been interrupted; its files are as they were before it.`;
    });
    return [...made, ...back];
  });
}
