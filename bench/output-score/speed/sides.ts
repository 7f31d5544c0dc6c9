import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert, copyOf, install } from '../../application.ts';
import { assemble, entryOf, type Target } from '../../converted/assemble.ts';
import { PARITIES } from '../measure.ts';
import { ONE_ROUTE } from '../programs.ts';

export const WAYS = ['original', ...PARITIES, 'by hand'] as const;
export type Way = (typeof WAYS)[number];

/** One application, written or converted in one way, installed. */
export interface Side {
  way: Way;
  folder: string;
  /** The file to start on a runtime; undefined: what its package.json says. */
  entry(target: Target): string | undefined;
}

/** A request that is sent over and over. */
export interface Asked {
  method: string;
  path: string;
  json?: string;
}

/** What each application is asked: something small, something with a body to make, something with a body to read. */
export const ASKED: Readonly<Record<string, readonly Asked[]>> = {
  'one-route': [{ method: 'GET', path: '/hi' }],
  'express-notes': [
    { method: 'GET', path: '/healthz' },
    { method: 'GET', path: '/notes' },
    { method: 'PUT', path: '/preferences', json: '{"theme":"dark","layout":{"columns":2}}' },
  ],
  'express-shop': [
    { method: 'GET', path: '/health' },
    { method: 'GET', path: '/products' },
    { method: 'PUT', path: '/currency', json: '{"currency":"USD"}' },
  ],
};

/** Lays an application out in every way. */
export async function prepareSides(root: string, scratch: string, name: string): Promise<Side[]> {
  const sides: Side[] = [];
  for (const way of WAYS) {
    const folder = join(scratch, name, way.replace(' ', '-'));
    const isByHand = way === 'by hand';
    if (isByHand) await assemble(root, name, folder);
    else {
      mkdirSync(folder, { recursive: true });
      if (name !== 'one-route') copyOf(root, name, folder);
      else for (const [path, text] of Object.entries(ONE_ROUTE)) writeFileSync(join(folder, path), text);
      if (way !== 'original') await convert(root, folder, 'express-to-hono', ['--parity', way]);
      await install(folder);
    }
    sides.push({ way, folder, entry: (target) => (isByHand ? entryOf(name, target) : undefined) });
  }
  return sides;
}
