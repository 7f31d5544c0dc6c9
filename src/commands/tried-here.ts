import type { Inventory } from '../model/inventory.ts';
import type { Io } from '../report/io.ts';
import { openRepository } from '../workspace/repository.ts';
import { freshness, readTries, type TryNow } from '../workspace/tries.ts';

/**
 * What was tried of the application in a folder, held against its files as they are; made first where that is asked for,
 * or where the user takes the offer.
 *
 * @param how `measure`: make one now; `offer`: ask on the terminal whether to, where there is none of these files
 * @returns null where nothing was ever tried
 * @throws MigrateError of `makeTry`, where it was asked for
 */
export async function triedHere(
  io: Io,
  root: string,
  inventory: Inventory,
  how: { measure: boolean; offer: boolean },
): Promise<TryNow | null> {
  if (how.measure) return measured(io, root, inventory);
  const found = readTries(root).at(-1);
  let now: TryNow | null = null;
  if (found) {
    // Loaded here: most plans are drawn without, and reading every file takes its time.
    const { identityOf } = await import('../try/identity.ts');
    now = freshness(found, await identityOf(await openRepository(root)));
  }
  if (!how.offer || (now !== null && now.stale === null) || !canBeTried(inventory)) return now;
  const { select } = await import('./questions/prompt.ts');
  const isTaken = await select(
    io,
    'Try it on every runtime first?',
    [
      {
        name: 'Yes, in scratch copies  (recommended: a minute or two, and the plan says what was seen here)',
        value: true,
      },
      { name: 'No, go by what was measured elsewhere', value: false },
    ],
    true,
  );
  return isTaken ? measured(io, root, inventory) : now;
}

/** There is a server to start. */
const canBeTried = ({ frameworks, functions }: Inventory): boolean =>
  frameworks.length > 0 && functions.length === 0;

async function measured(io: Io, root: string, inventory: Inventory): Promise<TryNow | null> {
  const { DEFAULTS, makeTry } = await import('./actions/try.ts');
  const { printTry } = await import('../report/try.ts');
  const { found, written } = await makeTry(io, root, DEFAULTS, inventory);
  if (!io.json) {
    printTry(io, found, written);
    io.line();
  }
  if (written !== null) return { found, stale: null };
  const [first] = found.ways;
  io.note(`Nothing was tried: ${first?.failed ?? 'there was nothing to ask'}. See migrate try --help.`);
  return null;
}
