import { dirname, extname, posix } from 'node:path';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { LeftForYou, RouteLimit } from '../../../src/model/changeset.ts';
import { placesInBundle } from '../../../src/workspace/bundle-places.ts';
import type { HandlerArgument, Registration } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  literalText,
} from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { type Conversion, refuse, type Unit } from '../state/conversion.ts';
import { isInWorker } from '../state/worker-files.ts';
import { exportApp, exportedName } from './exported-names.ts';
import type { Places } from './places.ts';
import { entryText, type FactoryEntry, factoryEntry } from './worker-entry.ts';

/**
 * The first date with every Node module that bundled packages ask for, and without flags.
 * Source: workerd 2026-11-17's own message on `nodejs_compat`, measured 2026-11-23.
 */
const COMPATIBILITY_DATE = '2026-08-04';

/** What a configuration of the user's own needs for Express's part. Measured on workerd 2026-11-17 with three dates. */
const NODE_SERVER = `its \`compatibility_date\` should be ${COMPATIBILITY_DATE} or later, or its \`compatibility_flags\` name \`nodejs_compat\`, \`enable_nodejs_http_modules\` and \`enable_nodejs_http_server_modules\``;

/** The one function of `cloudflare:node` that the entry names: projects written for Node have no types of Workers. */
const CLOUDFLARE_NODE = `declare module 'cloudflare:node' {
  export function handleAsNodeRequest(port: number, request: Request): Promise<Response>;
}
`;

export interface WorkerFiles {
  created: Map<string, string>;
  leftForYou: LeftForYou[];
  limits: RouteLimit[];
}

/**
 * The entry for Cloudflare Workers, its configuration when there is none, and the routes that cannot work there.
 *
 * @param serve the function that makes a Worker of the application, where Express is in it
 */
export async function writeWorker(
  input: CodemodInput,
  conversion: Conversion,
  runtimes: Readonly<Record<string, readonly string[]>>,
  { name, places, serve }: { name: string; places: Places; serve: string | null },
): Promise<WorkerFiles> {
  const files: WorkerFiles = { created: new Map(), leftForYou: [], limits: limitsOf(conversion, runtimes) };
  const app = conversion.program.routers.find(({ kind }) => kind === 'app');
  if (app === undefined) return files;
  const work = conversion.workOf(app.file);
  const extension = extname(app.file.path);
  const folder = dirname(app.file.path);
  const entry = posix.join(folder, `worker${extension}`);
  const specifier = `./${posix.basename(app.file.path)}`;
  const named = exportedName(work, app.creation);
  const made = named === null ? factoryEntry(conversion, app, folder) : null;
  const exported = named ?? (made === null ? exportApp(work, app) : null);
  const about = { codemod: 'express-to-hono', rule: 'workers/entry' };
  const others = conversion.options.worker?.beside ?? [];
  if (exported !== null) {
    const names = exported === 'default' ? 'app' : exported === 'app' ? '{ app }' : `{ ${exported} as app }`;
    const imports = [
      `import ${names} from '${specifier}';`,
      ...others.map((path) => `import '${relativeTo(folder, path)}';`),
    ].join('\n');
    files.created.set(entry, entryText(serve, places.parity, imports, 'app'));
  } else if (others.length === 0 && made !== null && 'call' in made) {
    files.created.set(entry, entryText(serve, places.parity, made.imports, made.call));
    if (made.at !== null) {
      const reason = `the entry for Workers makes the application as it is made here, with \`${made.call}\`: what that opens has to be there on Workers`;
      files.leftForYou.push({ ...made.at.work.file.locate(made.at.node.start), ...about, reason });
    }
  } else {
    files.leftForYou.push({
      ...app.location,
      ...about,
      reason: `no entry for Workers could be written: ${whyNone(made, others)}`,
      advice:
        serve === null
          ? 'Write an entry that makes the application and ends with `export default app`.'
          : 'Export the application from the module that makes it.',
    });
    return files;
  }
  if (serve !== null && work.file.typescript)
    files.created.set(posix.join(folder, 'cloudflare-node.d.ts'), CLOUDFLARE_NODE);
  const define = await placesInBundle(input, app.file.path);
  const present = ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'].find((path) =>
    input.paths.includes(path),
  );
  if (present !== undefined) {
    files.leftForYou.push({
      ...{ file: present, line: 1, column: 1, codemod: 'express-to-hono', rule: 'workers/config' },
      reason: [
        `this configuration is yours: its \`main\` should be ${entry}`,
        ...(serve === null ? [] : [NODE_SERVER]),
        ...Object.entries(define).map(([place, value]) => `its \`define\` should say ${place}: ${value}`),
      ].join(', '),
    });
    return files;
  }
  const config = {
    ...{ name, main: entry, compatibility_date: COMPATIBILITY_DATE },
    ...(Object.keys(define).length > 0 && { define }),
  };
  files.created.set('wrangler.jsonc', `${JSON.stringify(config, null, 2)}\n`);
  return files;
}

const whyNone = (made: FactoryEntry | null, others: readonly string[]): string =>
  made === null
    ? 'no module exports the application itself'
    : 'why' in made
      ? made.why
      : `a function makes the application, and ${others.join(', ')} registers on it afterwards`;

const relativeTo = (folder: string, path: string): string => {
  const to = posix.relative(folder, path);
  return to.startsWith('.') ? to : `./${to}`;
};

/** Methods that Node takes and workerd does not. Source: each of Node's sent to workerd 2026-11-17, on 2026-11-23. */
const UNKNOWN_METHODS = new Set([
  ...['bind', 'link', 'm-search', 'mkcalendar', 'rebind', 'source', 'unbind', 'unlink'],
]);

/** A Worker is one bundle, made before it runs: a module whose name is computed is not in it, and it does not start. */
export function refuseComputedModules(conversion: Conversion): void {
  if (conversion.options.target !== 'workers') return;
  for (const work of conversion.files.values()) {
    if (!isInWorker(conversion, work.file)) continue;
    for (const call of findAll(work.file.program, 'CallExpression', 'ImportExpression')) {
      const callee = calleeOf(call);
      const isRequire = callee !== null && isIdentifier(callee) && callee.name === 'require';
      const name = call.type === 'ImportExpression' ? child(call, 'source') : argumentsOf(call)[0];
      const isModule = call.type === 'ImportExpression' || isRequire;
      if (!isModule || name === undefined || name === null || literalText(name) !== null) continue;
      const text = work.file.text.slice(call.start, call.end);
      refuse(
        conversion,
        work,
        call,
        'workers/modules',
        `a Worker is one bundle, and what \`${text}\` loads is not in it`,
      );
    }
  }
}

/** Routes whose method workerd does not take, or whose handlers need a disk, by the parity functions they call and the file system calls they make. */
function limitsOf(
  conversion: Conversion,
  runtimes: Readonly<Record<string, readonly string[]>>,
): RouteLimit[] {
  const disk = Object.entries(runtimes)
    .filter(([, names]) => !names.includes('workerd'))
    .map(([name]) => name);
  const limits: RouteLimit[] = [];
  for (const registration of conversion.program.registrations) {
    const reason = UNKNOWN_METHODS.has(registration.method)
      ? `workerd answers every ${registration.method.toUpperCase()} request itself, with 501`
      : registration.handlers
          .map((argument) => reasonOf(conversion, disk, argument))
          .find((each) => each !== null);
    if (reason === undefined || reason === null) continue;
    for (const route of routesOf(conversion, registration)) {
      limits.push({ route, runtime: 'workers', reason, location: registration.location });
    }
  }
  return limits;
}

function reasonOf(conversion: Conversion, disk: readonly string[], argument: HandlerArgument): string | null {
  if (argument.kind === 'array')
    return (
      argument.items.map((item) => reasonOf(conversion, disk, item)).find((each) => each !== null) ?? null
    );
  if (argument.kind === 'package') {
    if (argument.member === 'static')
      return 'static files are read from the disk, which Workers do not have: serve them as assets';
    const storesFiles = argument.package === 'multer' && conversion.parity.has('diskStorage');
    return storesFiles ? 'uploads are stored on the disk, which Workers do not have: see fs-to-r2' : null;
  }
  if (argument.kind !== 'function') return null;
  for (const fn of argument.functions) {
    const unit = conversion.units.get(fn.node);
    const name = unit === undefined ? undefined : diskUse(unit, disk);
    if (name !== undefined) return `\`${name}\` needs a disk, which Workers do not have: see fs-to-r2`;
  }
  return null;
}

function diskUse(unit: Unit, disk: readonly string[]): string | undefined {
  const text = unit.work.draft.render(unit.fn.node);
  const own = disk.find((name) => new RegExp(`\\b${name}\\(`).test(text));
  return own ?? /\bfs(?:Promises)?\.\w+(?=\()/.exec(text)?.[0];
}

/** `METHOD /template` of a registration; a `use` limits everything below its path. */
function routesOf(conversion: Conversion, registration: Registration): string[] {
  const at = registration.location;
  const found = conversion.program.routes.filter(
    (route) =>
      route.registration.file === at.file &&
      route.registration.line === at.line &&
      route.registration.column === at.column,
  );
  if (found.length > 0) return found.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  return [`ALL ${registration.paths[0]?.text ?? ''}/*`];
}
