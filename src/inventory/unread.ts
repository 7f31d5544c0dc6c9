import type { Inventory, UnreadRoutes } from '../model/inventory.ts';

/** Why the routes of a framework are not read, where it can be said better than that only Express's and Hono's are. */
const REASONS: Readonly<Record<string, string>> = {
  '@nestjs/core': 'decorators make them, and only registrations on an Express or Hono application are read',
  '@loopback/rest': 'decorators make them, and only registrations on an Express or Hono application are read',
  next: 'its files make them, and only registrations on an Express or Hono application are read',
  nuxt: 'its files make them, and only registrations on an Express or Hono application are read',
};
const ONLY_THOSE = 'only registrations on an Express or Hono application are read';
/** Frameworks whose routes are read, as routes name them. */
const READ: ReadonlySet<string> = new Set(['express', 'hono']);
const SERVERS = new Set([
  'http.createServer',
  'https.createServer',
  'http2.createServer',
  'http2.createSecureServer',
]);

/** The routes that are there, or may be, and of which nothing was read: "none" is said only where there is no server. */
export function unreadRoutes({
  frameworks,
  routes,
  builtins,
}: Pick<Inventory, 'frameworks' | 'routes' | 'builtins'>): UnreadRoutes[] {
  const found = new Map<string, UnreadRoutes>();
  for (const { name, package: id, location, snippet, known } of frameworks) {
    if (READ.has(id) && routes.some((route) => route.framework === id)) continue;
    const reason = READ.has(id)
      ? `no registration on an application of ${name} could be followed`
      : (REASONS[id] ?? ONLY_THOSE);
    const place = { location, known, ...(snippet !== undefined && { snippet }) };
    if (!found.has(id)) found.set(id, { ...place, framework: name, reason });
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
      reason: `the function given to it decides by itself what a request gets, and ${ONLY_THOSE}`,
    });
  for (const id of READ) {
    const own = routes.filter(({ framework }) => framework === id);
    const computed = own.filter(({ path }) => path.includes('<expression>'));
    if (!computed[0]) continue;
    found.set(`${id}, computed`, {
      location: computed[0].location,
      known: 'read',
      framework: frameworks.find((item) => item.package === id)?.name ?? id,
      reason: `${computed.length} of ${own.length} paths are made while the program runs`,
    });
  }
  return [...found.values()];
}
