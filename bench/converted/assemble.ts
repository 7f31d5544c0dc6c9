import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../application.ts';

/**
 * The applications that stand in Hono by hand, and what those that are fixtures take over from them: everything that is
 * no HTTP.
 */
export const BY_HAND: Readonly<Record<string, { reused: readonly string[]; extension: string }>> = {
  'express-notes': {
    reused: ['src/store', 'src/lib/errors.js', 'src/config.js', 'public'],
    extension: 'js',
  },
  'express-shop': {
    reused: ['src/store', 'src/deps.ts', 'src/http/errors.ts', 'src/features/products/schemas.ts', 'assets'],
    extension: 'ts',
  },
  'one-route': { reused: [], extension: 'js' },
};

/** Those with recorded traffic. */
export const FIXTURES = ['express-notes', 'express-shop'] as const;

/** Runtimes that the applications by hand have a server for, by their name in `migrate`. */
export const SERVERS = { 'node@22': 'node', bun: 'bun', deno: 'deno' } as const;
export type Target = keyof typeof SERVERS;

/** The file that starts an application by hand on a runtime, relative to its folder. */
export const entryOf = (name: string, target: Target): string =>
  `src/serve/${SERVERS[target]}.${BY_HAND[name]?.extension}`;

/**
 * Puts an application by hand together in a new folder.
 *
 * @param root this repository
 */
export function putTogether(root: string, name: string, folder: string): void {
  const fixture = join(root, 'fixtures', name);
  for (const path of BY_HAND[name]?.reused ?? [])
    cpSync(join(fixture, path), join(folder, path), { recursive: true, preserveTimestamps: true });
  cpSync(join(root, 'bench', 'converted', 'by-hand', name), folder, { recursive: true });
}

/** The same, with its packages installed. */
export async function assemble(root: string, name: string, folder: string): Promise<void> {
  putTogether(root, name, folder);
  await install(folder);
}
