import type { EntryPoint, Inventory, NotChecked, UnreadRoutes } from '../model/inventory.ts';
import { READERS } from '../workspace/server/readers/index.ts';

/** Frameworks whose routes are read, as routes name them, and what people call them. */
const READ: ReadonlyMap<string, string> = new Map([
  ['express', 'Express'],
  ...READERS.map(({ framework, title }) => [framework, title] as const),
]);
/** Frameworks whose files are the routes: there is no registration to follow. */
const OF_FILES: ReadonlySet<string> = new Set(['next']);
/** Why the routes of other frameworks are not read, where more can be said than that nothing reads them. */
const REASONS: Readonly<Record<string, string>> = {
  '@loopback/rest': 'decorators make them',
  nuxt: 'its files make them',
};
const ONLY_THOSE = `what is read are routes of ${[...READ.values()].join(', ')}`;
const SERVERS = new Set([
  'http.createServer',
  'https.createServer',
  'http2.createServer',
  'http2.createSecureServer',
]);

/** `express.static`, `cors`. */
const nameOf = ({ package: id, member }: Inventory['middleware'][number]): string =>
  member === '' ? id : `${id}.${member}`;

/** The routes that are there, or may be, and of which nothing was read: "none" is said only where there is no server. */
export function unreadRoutes({
  frameworks,
  routes,
  middleware,
  builtins,
}: Pick<Inventory, 'frameworks' | 'routes' | 'middleware' | 'builtins'>): UnreadRoutes[] {
  const found = new Map<string, UnreadRoutes>();
  for (const { name, package: id, location, snippet, known } of frameworks) {
    if (READ.has(id) && routes.some((route) => route.framework === id)) continue;
    // Whose middleware it is, is not told: it is the one's whose routes were not read, where there is one alone.
    const isFiles = OF_FILES.has(id);
    if (isFiles && routes.length > 0) continue;
    const followed = READ.has(id) && !isFiles ? middleware[0] : undefined;
    const reason = isFiles
      ? 'no file of its folders exports a handler of requests; pages are not told as routes'
      : READ.has(id)
        ? followed
          ? `its registrations that could be followed are middleware, ${nameOf(followed)} the first`
          : `no registration on an application of ${name} could be followed`
        : [REASONS[id], ONLY_THOSE].filter(Boolean).join(', and ');
    const place = followed ?? { location, known, snippet };
    if (!found.has(id))
      found.set(id, {
        ...{ location: place.location, known: place.known, framework: name, reason },
        ...(place.snippet !== undefined && { snippet: place.snippet }),
      });
  }
  const server = builtins.find(
    ({ module, member, reach }) => reach === 'production' && SERVERS.has(`${module}.${member}`),
  );
  if (frameworks.length === 0 && routes.length === 0 && server)
    found.set('node', {
      location: server.location,
      known: server.known,
      ...(server.snippet !== undefined && { snippet: server.snippet }),
      framework: `${server.module}.${server.member}`,
      reason: 'how the function given to it tells requests apart could not be followed',
    });
  for (const id of READ.keys()) {
    const own = routes.filter(({ framework }) => framework === id);
    const computed = own.filter(({ path }) => path.includes('<expression>'));
    if (!computed[0]) continue;
    found.set(`${id}, computed`, {
      location: computed[0].location,
      known: 'read',
      framework: frameworks.find((item) => item.package === id)?.name ?? id,
      reason: `${computed.length} of ${own.length} paths are made while the program runs`,
      inPart: true,
    });
  }
  return [...found.values()];
}

/** What `npm start` runs where neither the file nor its source is there: all that it loads went unread. */
export const startsUnseen = (entryPoints: readonly EntryPoint[]): NotChecked[] =>
  entryPoints
    .filter(({ kind, name, present, source }) => kind === 'script' && name === 'start' && !present && !source)
    .map(({ file, location }) => ({
      what: `what \`start\` runs: ${file}`,
      reason: 'no such file is here, nor a source of it, so that nothing it loads was read',
      location,
    }));
