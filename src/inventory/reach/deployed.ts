import type { EntryPoint } from '../../model/inventory.ts';

/**
 * Whether production calls functions that a manifest declares, and starts no program: no image and no Procfile does.
 * What a start script runs is then for developers.
 */
export const onlyFunctionsRun = (entryPoints: readonly EntryPoint[]): boolean =>
  entryPoints.some(({ kind }) => kind === 'function') &&
  !entryPoints.some(({ kind }) => kind === 'dockerfile' || kind === 'procfile');
