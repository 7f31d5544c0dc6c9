import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import type { Conversion } from '../state/conversion.ts';

/** The functions that run middleware of packages on Hono's context, and that read what it left: a session alone asks little. */
export function connecting({ program, options }: Conversion): { run: string; read: string } {
  const all = packagesOf(program);
  const connected = all.filter(({ node }) => options.connects?.has(node));
  const isAlone =
    connected.length === 1 &&
    connected.every(({ package: name }) => /^(express|cookie)-session$/.test(name)) &&
    !all.some(({ package: name }) => name === 'cookie-parser');
  return isAlone ? { run: 'sessions', read: 'sessionRequest' } : { run: 'connect', read: 'connected' };
}
