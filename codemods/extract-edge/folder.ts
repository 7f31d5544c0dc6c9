import { readFileSync } from 'node:fs';

export type EdgeTarget = 'workers' | 'bun' | 'deno' | 'node';

/** What the edge answers itself: patterns of Hono's. The module of the routes exports the application that does. */
export interface EdgeRoutes {
  paths: readonly string[];
}

export interface EdgeFolder {
  target: EdgeTarget;
  name: string;
  routes: EdgeRoutes | null;
  /** Packages that the routes import, with their versions. */
  dependencies: Readonly<Record<string, string>>;
}

/** Versions the layer was tested with. */
const HONO = '4.13.19';
const NODE_SERVER = '2.1.9';
const WRANGLER = '4.164.0';

/**
 * The first date with every Node module that bundled packages ask for, and without flags.
 * Source: workerd 2026-11-17's own message on `nodejs_compat`, measured 2026-11-23.
 */
const COMPATIBILITY_DATE = '2026-08-04';

const SOURCE = new URL('./edge-source/', import.meta.url);

/** The files of the folder by their names, those of the routes apart. */
export function folderFiles(folder: EdgeFolder): Map<string, string> {
  const isWorker = folder.target === 'workers';
  const kind = isWorker ? 'workers' : 'node';
  const files = new Map([
    [entryName(folder.target), entryText(folder, read(`${kind}/entry.mjs`))],
    ['to-origin.mjs', read(`${kind}/to-origin.mjs`)],
    ['package.json', manifest(folder)],
    ['README.md', readme(folder)],
  ]);
  if (isWorker) files.set('wrangler.jsonc', wrangler(folder));
  return files;
}

export const entryName = (target: EdgeTarget): string => (target === 'workers' ? 'worker.mjs' : 'server.mjs');

const read = (path: string): string => readFileSync(new URL(path, SOURCE), 'utf8');

/** The entry without what it needs for routes, where there are none; else with their paths in the place of `PATHS`. */
function entryText({ routes }: EdgeFolder, source: string): string {
  const lines = source.split('\n');
  if (routes === null) {
    const marks = lines.flatMap((line, index) => (/^\/\/ (?:routes|end)$/.test(line) ? [index] : []));
    const isOfRoutes = (index: number) =>
      marks.some((mark, nth) => nth % 2 === 0 && index >= mark && index <= (marks[nth + 1] ?? mark));
    return lines.filter((_, index) => !isOfRoutes(index)).join('\n');
  }
  const paths = routes.paths.map((path) => `'${path}'`);
  const short = `const paths = [${paths.join(', ')}];`;
  const long = ['const paths = [', ...paths.map((path) => `  ${path},`), '];'];
  return lines
    .filter((line) => !/^\/\/ (?:routes|end)$/.test(line))
    .flatMap((line) => (line !== 'const paths = [];' ? [line] : short.length <= 100 ? [short] : long))
    .join('\n');
}

function manifest({ target, name, dependencies }: EdgeFolder): string {
  const isWorker = target === 'workers';
  const start = {
    workers: 'wrangler dev',
    node: 'node server.mjs',
    bun: 'bun server.mjs',
    deno: 'deno run --allow-net --allow-env server.mjs',
  };
  const all = { ...dependencies, ...(isWorker ? {} : { '@hono/node-server': NODE_SERVER }), hono: HONO };
  const json = {
    ...{ name: `${name}-edge`, private: true },
    scripts: isWorker ? { start: start.workers, deploy: 'wrangler deploy' } : { start: start[target] },
    dependencies: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(isWorker && { devDependencies: { wrangler: WRANGLER } }),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function wrangler({ name }: EdgeFolder): string {
  const json = {
    ...{ name: `${name}-edge`, main: entryName('workers'), compatibility_date: COMPATIBILITY_DATE },
    vars: { ORIGIN_URL: 'http://127.0.0.1:3000', ORIGIN_TIMEOUT_MS: '30000', EDGE: 'on' },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function readme({ target, name, routes }: EdgeFolder): string {
  const where = { workers: 'Cloudflare Workers', node: 'Node', bun: 'Bun', deno: 'Deno' }[target];
  const set = target === 'workers' ? '`vars` of wrangler.jsonc' : 'the environment';
  const given = target === 'workers' ? 'npm start' : 'ORIGIN_URL=http://127.0.0.1:3000 PORT=8080 npm start';
  const answered =
    routes === null
      ? 'It answers no route itself'
      : `It answers GET and HEAD of ${routes.paths.map((path) => `\`${path}\``).join(', ')}`;
  return `# ${name} at the edge

A Hono application for ${where} in front of the origin, which stays as it is. ${answered}, and hands everything else on.

1. Start the origin, then \`npm install\` and \`${given}\` here.
2. \`ORIGIN_URL\` in ${set} says where the origin is; \`ORIGIN_TIMEOUT_MS\` how long it may take to begin its answer (504).
3. \`EDGE=off\` hands every request to the origin. A route that fails here is asked of the origin as well.
4. The origin gets its own \`Host\`, and the client's in \`x-forwarded-host\`: set its \`trust proxy\` where it reads that or the client's address. Behind another proxy, \`BEHIND_PROXY=on\` keeps what that says of scheme and host.
`;
}
