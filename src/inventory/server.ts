import type { GatewayFunction, ServerProgram } from '../workspace/server/model.ts';
import { readServers } from '../workspace/server/read.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import { FOLLOWED_WHOLE } from './program.ts';
import type { Roles } from './reach/roles.ts';

/** Files of platforms that name programs which no script of a package.json does. */
const NAMES_ENTRIES = /(^|\/)(wrangler\.(toml|jsonc?)|vercel\.json|netlify\.toml|deno\.jsonc?|now\.json)$/;

const known = new WeakMap<Modules, ServerProgram>();

/** What the application serves with anything but Express, read once however many ask. */
export function serverOf(
  modules: Modules,
  roles: Roles,
  gateway: readonly GatewayFunction[] = [],
): ServerProgram {
  let program = known.get(modules);
  if (program === undefined) {
    program = guarded(modules, roles, gateway);
    known.set(modules, program);
  }
  return program;
}

/** What fails here must not take Express's routes with it. */
function guarded(modules: Modules, roles: Roles, gateway: readonly GatewayFunction[]): ServerProgram {
  try {
    return readServers(modules, {
      ...{ isOwn: roles.isOwn, most: FOLLOWED_WHOLE, gateway },
      ...(!modules.files.some((path) => NAMES_ENTRIES.test(path)) && {
        isReached: (path) => roles.of(path) === 'application',
      }),
    });
  } catch (error) {
    const reason = `reading them failed: ${(error as Error).message.split('\n')[0]}`;
    const what = 'routes of other frameworks than Express';
    return {
      ...{ scopes: [], routes: [], gates: [], flow: null },
      notFollowed: [{ framework: '', what, reason, location: null }],
    };
  }
}
