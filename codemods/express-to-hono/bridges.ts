import type { HandlerArgument } from '../../src/workspace/express/program.ts';
import { type PackageArgument, packagesIn } from '../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
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

interface OnExpress {
  /** Members whose effects the bridge carries over. */
  only?: RegExp;
  /** What converted handlers read of the request afterwards is what the client sent. */
  leaves?: true;
  /** Members that make error handlers. */
  errors?: RegExp;
}

/** Packages that run on Express's own request and response. */
const ON_EXPRESS: Record<string, OnExpress> = {
  celebrate: { only: /^(celebrate|errors)$/, errors: /^errors$/ },
  'express-fileupload': { leaves: true },
  'express-rate-limit': { leaves: true },
  'express-validator': { only: /^(body|validationResult|matchedData)\b/, leaves: true },
  'swagger-ui-express': { leaves: true },
  passport: { leaves: true },
  'connect-ensure-login': { leaves: true },
  csurf: { leaves: true },
  'http-proxy-middleware': { leaves: true },
  'express-jwt': { leaves: true },
  'pino-http': { leaves: true },
  'express-basic-auth': { leaves: true },
  'express-slow-down': { leaves: true },
  'express-useragent': { leaves: true },
  'express-winston': { errors: /^errorLogger$/, leaves: true },
};

/** Packages whose import goes once nothing uses it. Multer stays: the parity module stands on it. */
export const REPLACED_PACKAGES = new Set([
  'express',
  'body-parser',
  'cookie-parser',
  'express-async-errors',
  'multer',
]);

/** These choose the route anew: Hono has chosen it when they run. */
const CHOOSE_ROUTES = new Set([
  ...['connect-history-api-fallback', 'express-urlrewrite', 'vhost', 'express-http-proxy'],
]);

export const RUNTIMES = ['node', 'bun', 'deno'];

/** Whether an argument is an error handler that needs Express: it may pass on what it gets. */
export const isExpressErrors = (argument: HandlerArgument): boolean =>
  argument.kind === 'package' && ON_EXPRESS[argument.package]?.errors?.test(argument.member) === true;

/** Whether an argument is the error handler of a package. */
export const isPackageErrors = (argument: HandlerArgument): boolean =>
  isExpressErrors(argument) ||
  (argument.kind === 'package' && BRIDGEABLE[argument.package]?.by === 'bridgeError');

/** A package that is not known and may well be an error handler: behind a bridge it would not get an error. */
const mayBeErrors = ({ package: name, member }: PackageArgument): boolean =>
  ON_EXPRESS[name] === undefined && /error/i.test(`${name}.${member}`);

/** `celebrate({ params: … })` gives later handlers of a route other parameters than the path has; Hono reads the path. */
function changesParams({ package: name, member, call }: PackageArgument): boolean {
  if (name !== 'celebrate' || member !== 'celebrate') return false;
  const [rules] = call === null ? [] : argumentsOf(call);
  const object = rules === undefined ? null : unwrap(rules);
  if (object?.type !== 'ObjectExpression') return true;
  return children(object, 'properties').some((property) => {
    const segment = propertyKeyName(property) ?? memberName(child(property, 'key'));
    return segment === null || segment.toLowerCase() === 'params';
  });
}

/** `methodOverride('_method')`: a parity function stands for it; one with a function of the request is bridged. */
export function isNamedOverride({ package: name, call }: PackageArgument): boolean {
  const [getter] = call === null ? [] : argumentsOf(call);
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

/** A package nobody compared: it may change anything of the request and response. */
export const isUnknownPackage = (conversion: Conversion, argument: PackageArgument): boolean =>
  ![REPLACED_PACKAGES, CHOOSE_ROUTES].some((known) => known.has(argument.package)) &&
  comparedAs(conversion, argument) === undefined &&
  ON_EXPRESS[argument.package] === undefined;

/** Whether a package changes the query that later handlers read. */
export const changesQuery = (name: string): boolean => BRIDGEABLE[name]?.by === 'bridgeQuery';

/** What is known of a package where it stands. */
function comparedAs({ program, version }: Conversion, argument: PackageArgument): Bridgeable | undefined {
  const known = BRIDGEABLE[argument.package];
  if (known?.replaces !== true) return known;
  const at = program.registrations.find(({ handlers }) => handlers.flatMap(packagesIn).includes(argument));
  return version === 4 && at?.method === 'use' ? known : undefined;
}

/** A bridged package that is known to change what the request says in place. Null: there is none. */
export const changingPackage = (conversion: Conversion): string | null =>
  registered(conversion)
    .map((argument) => argument.package)
    .find(
      (name) =>
        ON_EXPRESS[name] !== undefined && BRIDGEABLE[name] === undefined && ON_EXPRESS[name].leaves !== true,
    ) ?? null;

/**
 * Puts `bridge(…)` around middleware of a package that has no Hono form with the same answers. Returns false when the
 * package is not known to work that way.
 */
export function bridgePackage(
  conversion: Conversion,
  work: FileWork,
  argument: PackageArgument,
  mounted: boolean,
): boolean {
  const known =
    conversion.unknown.length > 0 && isPlain(argument) ? undefined : comparedAs(conversion, argument);
  const chooses = CHOOSE_ROUTES.has(argument.package) || REPLACED_PACKAGES.has(argument.package);
  const onExpress = chooses || mayBeErrors(argument) ? undefined : (ON_EXPRESS[argument.package] ?? {});
  const needsExpress = known === undefined || known.answers?.test(argument.member) === true;
  if (needsExpress && onExpress !== undefined && conversion.bridging) {
    if (onExpress.only?.test(argument.member) === false || argument.node.type === 'SpreadElement')
      return false;
    if (changesParams(argument)) {
      const reason = 'what `celebrate` makes of `params` would not reach the handlers after it';
      refuse(conversion, work, argument.node, 'packages/bridge', reason);
      return true;
    }
    const by = isExpressErrors(argument)
      ? 'bridgeErrorHandler'
      : isUnknownPackage(conversion, argument)
        ? 'bridgeUnknown'
        : 'bridgeHandler';
    wrap(conversion, work, argument, parityName(conversion, work, by), '');
    return true;
  }
  if (known === undefined || needsExpress || conversion.options.target === 'workers') return false;
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
  wrap(conversion, work, argument, name, options);
  return true;
}

/** Beside code nobody knows, Connect's middleware runs on Express's request as well: the bridge would give it members anew. */
const isPlain = ({ package: name }: PackageArgument): boolean => BRIDGEABLE[name]?.by === undefined;

/** `locals: […]`: the names in the context that Express has on the response. */
export function localsOption(conversion: Conversion, work: FileWork): string[] {
  const names = [...conversion.localNames].map((each) => work.layout.string(each));
  return names.length === 0 ? [] : [`locals: [${names.join(', ')}]`];
}

function wrap(
  conversion: Conversion,
  work: FileWork,
  { node, package: from }: PackageArgument,
  name: string,
  options: string,
): void {
  if (conversion.dry > 0) return;
  work.draft.replace(node, [`${name}(`, spanOf(node), `${options})`], 'packages/bridge');
  noteBridge(conversion, work, { node, package: from });
}

/** Notes that middleware of a package runs behind a bridge. */
export function noteBridge(
  conversion: Conversion,
  work: FileWork,
  { node, package: from }: Pick<PackageArgument, 'node' | 'package'>,
): void {
  if (conversion.dry > 0) return;
  conversion.bridges.push({
    ...work.file.locate(node.start),
    name: from,
    outcome: 'bridged',
    reason: `\`${from}\` runs as it is, behind a bridge to Node's request and response`,
    runtimes: RUNTIMES,
  });
}
