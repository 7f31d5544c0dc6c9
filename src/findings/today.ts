import type { Inventory } from '../model/inventory.ts';
import { invocations, runtimeCall } from '../workspace/command-line.ts';

/** Programs that run a file as a server's program. */
const RUNTIMES = new Set(['node', 'bun', 'deno', 'tsx', 'ts-node', 'nodemon', 'pm2', 'pm2-runtime']);

/**
 * The one runtime that production's commands start files on; null where they start none, or several.
 * What differs between Node and Bun changes nothing for what runs on Bun already.
 */
export function runtimeOfToday(inventory: Inventory): 'bun' | 'deno' | 'workers' | null {
  const { scripts, deployment, signs } = inventory;
  const commands = [
    ...scripts.filter(({ kind }) => kind === 'production').map(({ command }) => command),
    ...deployment.filter(({ kind }) => kind === 'command').map(({ value }) => value),
  ];
  const started = new Set(
    commands
      .flatMap(invocations)
      .filter((run) => RUNTIMES.has(run.program) && isFile(runtimeCall(run).file))
      .map(({ program }) => program),
  );
  const [only] = started;
  const isDeployed = scripts.some(({ programs }) => programs.includes('wrangler'));
  const isWorker = signs.some(({ kind, name }) => kind === 'platform' && name === 'workers');
  if (only === undefined && isDeployed && isWorker) return 'workers';
  return started.size === 1 && (only === 'bun' || only === 'deno') ? only : null;
}

/** A file by its path: `bun run start` names a script. */
const isFile = (word: string | null): boolean => word !== null && /[./]/.test(word);
