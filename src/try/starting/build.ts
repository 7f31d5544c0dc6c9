import { MigrateError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { runCommand } from '../../shadow/index.ts';
import type { Given } from './given.ts';

/** Package managers that run a script without being asked to install first. */
const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);

/** Characters of a build's words that fit a sentence. */
const MOST = 160;

/** The project's own build, as its package manager runs it; null where it has none. */
export function buildOf({ scripts, packageManager }: Inventory): readonly [string, ...string[]] | null {
  const own = scripts.filter(({ manifest }) => manifest === 'package.json');
  const script = ['build', 'prestart'].find((name) => own.some((one) => one.name === name));
  if (script === undefined) return null;
  const { name } = packageManager;
  return [name !== null && MANAGERS.has(name) ? name : 'npm', 'run', script];
}

/**
 * Runs the build in a copy, with the variables that rows get. `NODE_ENV` is not one of them: builds are told by it what
 * to leave out.
 *
 * @throws MigrateError NOT_BUILT (exit code 3)
 */
export async function runBuild({ build, env }: Given, dir: string, signal: AbortSignal): Promise<void> {
  if (build === undefined) return;
  const { NODE_ENV: _, ...variables } = env;
  try {
    await runCommand('its build', build, dir, signal, variables);
  } catch (error) {
    if (!(error instanceof MigrateError) || error.code !== 'STATE_COMMAND_FAILED') throw error;
    const why = wordsOf(error.hint ?? '');
    throw new MigrateError(
      'NOT_BUILT',
      `Production starts what ${build.join(' ')} makes, and that failed${why}.`,
      {
        hint: `${error.hint ?? error.message}\nBuild it in its own folder and try again, or name another file: --entry <file>.`,
      },
    );
  }
}

/** What a build says of its end, from the first of its last lines that speaks of an error. */
function wordsOf(hint: string): string {
  const lines = hint.split(' | ').map((line) => line.trim());
  const at = lines.findIndex((line) => /\berrors?\b/i.test(line));
  const words = lines.slice(at).filter(Boolean).join(' ').replace(/^>\s*/, '').replace(/\.$/, '');
  return at < 0 ? '' : `: ${words.length > MOST ? `${words.slice(0, MOST)}…` : words}`;
}

/** What production starts is not there, and no build made it. */
export const notBuilt = (missing: string): MigrateError =>
  new MigrateError('NOT_BUILT', `Production starts ${missing}, which is not there.`, {
    hint: 'Build it in the scratch copy: --setup "npm run build"; or name another file: --entry <file>.',
  });
