import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { StartRequest } from '../contract.ts';
import type { StartScript } from './start-script.ts';

/** They make Node run TypeScript or JSX, which Bun and Deno do by themselves. */
const COMPILERS =
  /^(?:tsx|ts-node|esbuild-register|@swc-node|@swc\/register|@babel\/register|sucrase)(?:\/|$)/;

/** What a start script loads before its file, but for compilers that a runtime does not need. */
export const withoutCompilers = (script: StartScript | null): StartScript['preloads'] =>
  (script?.preloads ?? []).filter(({ module }) => !COMPILERS.test(module));

/** The file a bare module stands in, as `require` finds it from the application's folder; other modules as they are. */
export function fileOf(module: string, { dir }: StartRequest): string {
  if (/^[./]|^[A-Za-z]:[\\/]/.test(module)) return module;
  try {
    return createRequire(join(dir, 'package.json')).resolve(module);
  } catch {
    return module;
  }
}

/** One sentence on what was taken over from the start script; none when it only names a file. */
export function takenOver({ script }: StartRequest): string[] {
  if (!script) return [];
  const parts = [
    ...script.envFiles.map(({ path }) => `--env-file=${path}`),
    ...script.preloads.map(({ flag, module }) => `--${flag} ${module}`),
    ...Object.keys(script.variables).filter((name) => name !== 'PORT' && name !== 'HOST'),
  ];
  return parts.length > 0
    ? [`Started as the start script in package.json says, with ${parts.join(', ')}.`]
    : [];
}
