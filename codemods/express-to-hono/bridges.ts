import type { HandlerArgument } from '../../src/workspace/express/program.ts';
import { type PackageArgument, packagesIn } from '../../src/workspace/express/registrations.ts';
import { argumentsOf, unwrap } from '../../src/workspace/syntax/nodes.ts';
import { type Conversion, type FileWork, refuse, spanOf } from './conversion.ts';
import { parityName } from './imports.ts';

/** A package whose middleware is Connect's: it needs nothing of Express but what the bridge lends it. */
interface Bridgeable {
  /** What it puts on the request. */
  provides?: readonly string[];
  /** It looks at `req.url`, which Express shortens under a mount. */
  readsUrl?: boolean;
  /** Members that call methods of Express's response. */
  answers?: RegExp;
  /** The bridge for what is no plain middleware: an error handler, or one that changes what routing and parsing go by. */
  by?: 'bridgeError' | 'bridgeMethod' | 'bridgeQuery';
  /** It replaces `req.query` and `req.params`: the first fails under Express 5, the second is seen by the rest of a route. */
  replaces?: true;
}

const LOGIN = 'user isAuthenticated isUnauthenticated login logIn logout logOut account authInfo';

/** Each one is compared with the original by the cases of `coverage/cases/package.*`. */
const BRIDGEABLE: Record<string, Bridgeable> = {
  cors: {},
  helmet: {},
  morgan: {},
  compression: {},
  'response-time': {},
  'serve-favicon': { readsUrl: true },
  'express-session': { provides: ['session', 'sessionID', 'sessionStore'] },
  'cookie-session': { provides: ['session', 'sessionOptions', 'sessionCookies'] },
  errorhandler: { by: 'bridgeError' },
  hpp: { provides: ['queryPolluted', 'bodyPolluted'], by: 'bridgeQuery' },
  'method-override': { provides: ['originalMethod'], by: 'bridgeMethod' },
  'express-mongo-sanitize': { by: 'bridgeQuery', replaces: true },
  'xss-clean': { by: 'bridgeQuery', replaces: true },
  'connect-flash': { provides: ['flash'] },
  'connect-timeout': { provides: ['timedout', 'clearTimeout'] },
  nocache: {},
  passport: { provides: LOGIN.split(' '), answers: /^authenticate\b/ },
};

/** Packages that run as they are behind `bridge`. */
export const BRIDGED_PACKAGES: readonly string[] = Object.keys(BRIDGEABLE);

/** Packages whose import goes once nothing uses it. Multer stays: the parity module stands on it. */
export const REPLACED_PACKAGES = new Set([
  'express',
  'body-parser',
  'cookie-parser',
  'express-async-errors',
  'multer',
]);

const RUNTIMES = ['node', 'bun', 'deno'];

/** Whether an argument is the error handler of a package. */
export const isPackageErrors = (argument: HandlerArgument): boolean =>
  argument.kind === 'package' && BRIDGEABLE[argument.package]?.by === 'bridgeError';

/** `methodOverride('_method')`: a parity function stands for it; one with a function of the request is bridged. */
export function isNamedOverride({ package: name, call }: PackageArgument): boolean {
  const [getter] = call === null ? [] : argumentsOf(call.node);
  return name === 'method-override' && call !== null && (getter === undefined || getter.type === 'Literal');
}

const registered = ({ program }: Conversion): PackageArgument[] =>
  program.registrations.flatMap(({ handlers }) => handlers.flatMap(packagesIn));

/** Notes which members of the request come from bridged middleware. */
export function collectBridged(conversion: Conversion): void {
  if (conversion.options.target === 'workers') return;
  for (const argument of registered(conversion)) {
    if (isNamedOverride(argument)) continue;
    for (const member of BRIDGEABLE[argument.package]?.provides ?? []) conversion.bridgedNames.add(member);
  }
}

/** Whether a package changes the query that later handlers read. */
export const changesQuery = (name: string): boolean => BRIDGEABLE[name]?.by === 'bridgeQuery';

/** What is known of a package where it stands. */
function comparedAs({ program, version }: Conversion, argument: PackageArgument): Bridgeable | undefined {
  const known = BRIDGEABLE[argument.package];
  if (known?.replaces !== true) return known;
  const at = program.registrations.find(({ handlers }) => handlers.flatMap(packagesIn).includes(argument));
  return version === 4 && at?.method === 'use' ? known : undefined;
}

/**
 * Puts `bridge(…)` around middleware of a package that has no Hono form with the same answers. Returns false when the
 * package is not known to work that way.
 */
export function bridgePackage(conversion: Conversion, argument: PackageArgument, mounted: boolean): boolean {
  const work = conversion.workOf(argument.file);
  const known = comparedAs(conversion, argument);
  const needsExpress = known === undefined || known.answers?.test(argument.member) === true;
  if (needsExpress || conversion.options.target === 'workers') return false;
  const { node } = argument;
  if (node.type === 'SpreadElement' || unwrap(node) !== node) return false;
  if ((mounted || conversion.rewrites.has('url')) && known.readsUrl === true) {
    refuse(conversion, work, node, 'packages/bridge', `\`${argument.package}\` under a path has no rule`);
    return true;
  }
  const trust = conversion.settings.trust[0];
  const given = [...(trust === undefined ? [] : [`trust: ${trust}`]), ...localsOption(conversion, work)];
  const options = given.length === 0 ? '' : `, { ${given.join(', ')} }`;
  // Each read of Express 5 parses the query again: what a middleware changes in it is lost.
  const by = known.by === 'bridgeQuery' && conversion.version === 5 ? 'bridge' : (known.by ?? 'bridge');
  const name = parityName(conversion, work, by);
  wrap(conversion, argument, name, options);
  return true;
}

/** `locals: […]`: the names in the context that Express has on the response. */
function localsOption(conversion: Conversion, work: FileWork): string[] {
  const names = [...conversion.localNames].map((each) => work.layout.string(each));
  return names.length === 0 ? [] : [`locals: [${names.join(', ')}]`];
}

function wrap(conversion: Conversion, argument: PackageArgument, name: string, options: string): void {
  const { file, node } = argument;
  // A list that several routes share is one list.
  if (conversion.dry > 0 || conversion.claimed.has(node)) return;
  conversion.claimed.add(node);
  const shared = conversion.worlds?.shared.get(node);
  const parts = [`${name}(`, shared ?? spanOf(node), `${options})`];
  conversion.workOf(file).draft.replace(node, parts, 'packages/bridge');
  noteBridge(conversion, argument);
}

/** Notes that middleware of a package runs behind a bridge. */
export function noteBridge(
  conversion: Conversion,
  { file, node, package: from }: Pick<PackageArgument, 'file' | 'node' | 'package'>,
): void {
  if (conversion.dry > 0) return;
  conversion.bridges.push({
    ...file.locate(node.start),
    name: from,
    outcome: 'bridged',
    reason: `\`${from}\` runs as it is, behind a bridge to Node's request and response`,
    runtimes: RUNTIMES,
  });
}
