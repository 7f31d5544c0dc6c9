import type { StartRequest } from '../contract.ts';

/** Ours, the package manager's and the test runner's: an application started by hand would not see them. */
const NOT_THE_APPS = /^(npm_|NODE_OPTIONS$|NODE_CHANNEL_|INIT_CWD$|MIGRATE_|VITEST)/i;
/** What Vitest adds beside its own names; without it they are the user's. */
const VITESTS = /^(TEST|PROD|DEV|MODE|SSR|BASE_URL)$/i;

/**
 * The environment an application is started with: what the user's shell has, without what package managers and test
 * runners add, plus what its start script sets, the application's own variables, `PORT` and `HOST`.
 */
export function appEnvironment(
  request: StartRequest,
  extra: Record<string, string> = {},
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const isForeign = NOT_THE_APPS.test(name) || (process.env.VITEST !== undefined && VITESTS.test(name));
    if (value !== undefined && !isForeign) env[name] = value;
  }
  Object.assign(env, request.script?.variables);
  for (const [name, value] of Object.entries(request.env ?? {})) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  if (request.egress !== undefined) {
    // Everything is to be seen: what the user's shell exempts, and what goes to this machine, too.
    for (const name of ['NO_PROXY', 'no_proxy', 'ALL_PROXY', 'all_proxy']) delete env[name];
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) env[name] = request.egress;
    env.NODE_USE_ENV_PROXY = '1';
  }
  if (request.temporary !== undefined)
    for (const name of ['TMPDIR', 'TMP', 'TEMP']) env[name] = request.temporary;
  return { ...env, ...extra, PORT: String(request.port), HOST: request.host };
}
