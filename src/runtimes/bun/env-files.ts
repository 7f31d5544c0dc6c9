import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';

/**
 * The files Bun reads by itself, in the order in which a later one wins: `.env`, that of the mode, `.env.local` (not in
 * tests), that of the mode with `.local`. The mode is `BUN_ENV`, else `NODE_ENV`; everything that is neither
 * `production` nor `test` is `development`, `staging` included. Only the working folder is looked at.
 * Measured with 1.4.5 on 2026-11-28.
 *
 * @returns absolute paths of those that exist
 */
export function automaticEnvFiles(dir: string, env: Readonly<Record<string, string>>): string[] {
  if (isSwitchedOff(dir)) return [];
  const named = env.BUN_ENV ?? env.NODE_ENV;
  const mode = named === 'production' || named === 'test' ? named : 'development';
  return ['.env', `.env.${mode}`, ...(mode === 'test' ? [] : ['.env.local']), `.env.${mode}.local`]
    .map((name) => join(dir, name))
    .filter((file) => existsSync(file));
}

/** `env = false`, or `file = false` under `[env]`, in bunfig.toml. */
function isSwitchedOff(dir: string): boolean {
  try {
    const { env } = parse(readFileSync(join(dir, 'bunfig.toml'), 'utf8'));
    return env === false || (typeof env === 'object' && 'file' in env && env.file === false);
  } catch {
    return false;
  }
}
