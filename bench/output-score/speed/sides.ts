import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert, copyOf, install } from '../../application.ts';
import { assemble, entryOf, SERVERS, type Target } from '../../converted/assemble.ts';
import { PARITIES } from '../measure.ts';
import { ONE_ROUTE } from '../programs.ts';

export const WAYS = ['original', ...PARITIES, 'by hand'] as const;
export type Way = (typeof WAYS)[number];

/** One application, written or converted in one way, installed. */
export interface Side {
  way: Way;
  /** It is converted for the runtime it is measured on, where that makes a difference. */
  folder(target: Target): string;
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

const TARGETS = Object.keys(SERVERS) as Target[];

/** Lays an application out in every way. */
export async function prepareSides(root: string, scratch: string, name: string): Promise<Side[]> {
  const sides: Side[] = [];
  for (const way of WAYS) {
    const home = join(scratch, name, way.replace(' ', '-'));
    const isByHand = way === 'by hand';
    const folder = (target: Target) => (way === 'idiomatic' ? join(home, SERVERS[target]) : home);
    if (isByHand) await assemble(root, name, home);
    else
      for (const target of way === 'idiomatic' ? TARGETS : TARGETS.slice(0, 1)) {
        const here = folder(target);
        mkdirSync(here, { recursive: true });
        if (name !== 'one-route') copyOf(root, name, here);
        else for (const [path, text] of Object.entries(ONE_ROUTE)) writeFileSync(join(here, path), text);
        const options = ['--parity', way, '--target', SERVERS[target]];
        if (way !== 'original') await convert(root, here, 'express-to-hono', options);
        await install(here);
      }
    sides.push({ way, folder, entry: (target) => (isByHand ? entryOf(name, target) : undefined) });
  }
  return sides;
}
