import type { StartRequest } from '../contract.ts';

/** Ours, the package manager's and the test runner's: an application started by hand would not see them. */
const NOT_THE_APPS =
  /^(npm_|NODE_OPTIONS$|NODE_CHANNEL_|INIT_CWD$|MIGRATE_|VITEST|TEST$|PROD$|DEV$|MODE$|SSR$|BASE_URL$)/i;

/**
 * The environment an application is started with: what the user's shell has, without what package managers and test
 * runners add, plus the application's own variables, `PORT` and `HOST`.
 */
export function appEnvironment(
  request: StartRequest,
  extra: Record<string, string> = {},
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !NOT_THE_APPS.test(name)) env[name] = value;
  }
  for (const [name, value] of Object.entries(request.env ?? {})) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return { ...env, ...extra, PORT: String(request.port), HOST: request.host };
}
