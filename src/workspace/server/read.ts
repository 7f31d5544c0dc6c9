import { createFlow, type Flow } from '../syntax/flow/flow.ts';
import type { Modules } from '../syntax/modules.ts';
import { child, children } from '../syntax/nodes.ts';
import { createArguments } from './arguments.ts';
import { composeRoutes, mountedIn } from './compose.ts';
import { createHandlers } from './handlers.ts';
import type { Gate, GatewayFunction, NotFollowed, Scope, ServerProgram, ServerRoute } from './model.ts';
import type { Reader, Reading } from './reader.ts';
import { READERS } from './readers/index.ts';

export interface ReadOptions {
  /** Whether a file is the application's: no test, no example. Default: all are. */
  isOwn?(path: string): boolean;
  /** Whether an entry point of the application loads a file. Default: nothing is known of that. */
  isReached?(path: string): boolean;
  /** Up to this many files, everything that a server's files import is followed; beyond, what is one import away. */
  most?: number;
  readers?: readonly Reader[];
  /** Functions that manifests declare, for which a gateway answers. */
  gateway?: readonly GatewayFunction[];
}

/** Characters of a file beyond which it is no source that anybody writes: a bundle, generated data. */
const LONGEST = 300_000;

/**
 * Finds what a repository serves: applications, what is registered on them, and the routes that come of it, by every
 * reader whose framework a file names. Values are followed through bindings, imports and calls; nothing is run.
 *
 * @param modules the repository's; only files that name a framework, and what they import, are parsed
 */
export function readServers(modules: Modules, options: ReadOptions = {}): ServerProgram {
  const gateway = options.gateway ?? [];
  const own = new Set(
    modules.paths.filter((path) => (options.isOwn?.(path) ?? true) && isWritten(modules, path)),
  );
  const concerned = (options.readers ?? READERS).map((reader) => ({
    reader,
    files: [...own].filter((path) => reader.concerns(path, modules, gateway)),
  }));
  const active = concerned.filter(
    ({ reader, files }) => files.length > 0 || (reader.framework === 'aws-lambda' && isDeclared(gateway)),
  );
  const starting = new Set(active.flatMap(({ files }) => files));
  if (starting.size === 0 && active.length === 0)
    return { scopes: [], routes: [], notFollowed: [], gates: [], flow: null };
  // Beside Express, whose analysis follows its own files, a plain server is read where it stands.
  const isBeside =
    active.every(({ reader }) => reader.isPlain) &&
    modules.paths.some((path) => modules.packagesOf(path).includes('express'));
  const flow = flowOf(
    modules,
    own,
    starting,
    active.map(({ reader }) => reader),
    isBeside ? 0 : (options.most ?? 400),
  );
  const gates: Gate[] = [];
  const notFollowed = new Map<string, NotFollowed>();
  const ownModules = new Set(active.flatMap(({ reader }) => [...(reader.rules?.modules ?? [])]));
  const shared = {
    ...{ modules: { ...modules, paths: [...own] }, isOwn: (path: string) => own.has(path), flow },
    handlers: createHandlers(
      flow,
      (value) => ownModules.has(value.module) || active.some(({ reader }) => reader.isOwn?.(value)),
    ),
    arguments: createArguments(flow),
    gateway,
    gate: (gate: Gate) => void gates.push(gate),
  };
  const readings = active.map(({ reader }): { reader: Reader; reading: Reading } => ({
    reader,
    reading: {
      ...shared,
      notFollowed(what, reason, location) {
        const key = `${what} ${location?.file}:${location?.line}:${location?.column}`;
        notFollowed.set(key, { framework: reader.framework, what, reason, location });
      },
    },
  }));
  for (const { reader, reading } of readings) reader.begin?.(reading);
  for (const path of starting) flow.include(path);
  flow.settle();
  flow.close();
  const scopes: Scope[] = [];
  const routes: ServerRoute[] = [];
  for (const { reader, reading } of readings) {
    try {
      const found = reader.read(reading);
      scopes.push(...found);
      routes.push(...composeRoutes(reader, found, unusedOf(reader, reading, found, options.isReached)));
    } catch (error) {
      const reason = `reading them failed: ${(error as Error).message.split('\n')[0]}`;
      reading.notFollowed(`routes of ${reader.title}`, reason, null);
    }
  }
  return { scopes, routes, notFollowed: [...notFollowed.values()], gates, flow };
}

/** Parts of applications that nothing mounts, in files that no entry point loads, where others are loaded. */
function unusedOf(
  { isPart, title }: Reader,
  { notFollowed }: Reading,
  scopes: readonly Scope[],
  isReached: ReadOptions['isReached'],
): ReadonlySet<Scope> {
  if (!isPart || isReached === undefined || !scopes.some(({ location }) => isReached(location.file)))
    return new Set();
  const mounted = mountedIn(scopes);
  const unused = scopes.filter(
    (scope) => !mounted.has(scope) && scope.location.file !== '' && !isReached(scope.location.file),
  );
  for (const { location } of unused)
    notFollowed(`what an instance of ${title} serves`, 'no entry point loads its file', location);
  return new Set(unused);
}

const isDeclared = (gateway: readonly GatewayFunction[]): boolean =>
  gateway.some(({ requests }) => requests.length > 0);

/** A file that only exports what others do: `export * from './app'`. */
function isBarrel(modules: Modules, path: string): boolean {
  const file = modules.file(path);
  const statements = file === null ? [] : children(file.program, 'body');
  return (
    statements.length > 0 &&
    statements.every((one) => /^Export/.test(one.type) && child(one, 'source') !== null)
  );
}

const isWritten = (modules: Modules, path: string): boolean =>
  (modules.text(path)?.length ?? LONGEST) < LONGEST;

/**
 * Files and what they import, as far from them as all of one distance are no more than the most that are followed; null
 * where that is everything.
 */
function followedFrom(
  modules: Modules,
  own: ReadonlySet<string>,
  near: ReadonlySet<string>,
  most: number,
): ReadonlySet<string> | null {
  const followed = new Set(near);
  for (let last = [...near]; last.length > 0; ) {
    const next = new Set(last.flatMap((path) => modules.importsOf(path).filter((each) => own.has(each))));
    last = [...next].filter((path) => !followed.has(path));
    if (followed.size + last.length > most) return followed;
    for (const path of last) followed.add(path);
  }
  return followed.size > most ? followed : null;
}

function flowOf(
  modules: Modules,
  own: ReadonlySet<string>,
  starting: Set<string>,
  readers: readonly Reader[],
  most: number,
): Flow {
  // Callers bind the parameters of functions that are handed an application.
  const near = new Set(starting);
  for (const path of starting) {
    for (const next of [...modules.importersOf(path), ...modules.importsOf(path)]) near.add(next);
    // Who imports a file through one that only hands on what others export is its caller as well.
    for (const next of modules.importersOf(path))
      if (own.has(next) && isBarrel(modules, next)) starting.add(next);
  }
  const followed = followedFrom(modules, own, near, most);
  for (const path of near)
    if (own.has(path) && modules.importsOf(path).some((next) => starting.has(next))) starting.add(path);
  const rules = new Map(
    readers.flatMap(({ rules }) =>
      rules ? [...rules.modules].map((module) => [module, rules] as const) : [],
    ),
  );
  const trackers = readers.flatMap(({ rules }) => rules?.tracks ?? []);
  return createFlow(modules, {
    normalise: (callee, call) => rules.get(callee.module)?.normalise?.(callee, call) ?? null,
    isBase: ({ module }) => rules.has(module),
    isFresh: (value) => rules.get(value.module)?.isFresh?.(value) === true,
    tracks: (callee) => trackers.some((tracks) => tracks(callee)),
    admit: (path) => own.has(path) && (followed === null || followed.has(path)),
  });
}
