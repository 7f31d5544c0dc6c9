import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openRepository } from '../../workspace/repository.ts';
import { actionKind } from '../contract.ts';
import { giveModules, install, lockOnly } from '../packages.ts';

const schema = z.strictObject({
  do: z.literal('install'),
  /** Runtimes to fetch into the cache; without them the packages that package.json asks for. */
  runtimes: z.array(z.string()).optional(),
});

/** Fetches runtimes, or brings the lockfile and the installed packages up to package.json. */
export default actionKind({
  kind: 'install',
  schema,
  changes: ({ runtimes }) => runtimes === undefined,
  describe: ({ runtimes }) =>
    runtimes ? `fetch ${runtimes.join(' and ')} into the cache` : 'install packages, lockfile included',
  async run({ runtimes }, { root, home, migrate, signal, progress }) {
    if (runtimes) {
      const ran = await migrate(['runtimes', 'install', ...new Set(runtimes)]);
      return ran.code === 0
        ? { outcome: 'done', summary: `${runtimes.join(' and ')}: in the cache` }
        : { outcome: 'failed', summary: ran.said };
    }
    progress('installing packages');
    const { packageJson } = await openRepository(root);
    const locked = await lockOnly(root, signal);
    if (existsSync(join(home, 'node_modules'))) await giveModules(root, packageJson, signal);
    return { outcome: 'done', summary: locked };
  },
  async settle({ runtimes }, { home, signal, progress }) {
    // Who has installed nothing does not want it now.
    if (runtimes || !existsSync(join(home, 'node_modules'))) return;
    progress('installing packages');
    await install(home, signal);
  },
});
