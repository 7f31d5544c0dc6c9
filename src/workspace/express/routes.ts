import type { ExpressRoute, HandlerArgument, Registration, RouterValue } from './program.ts';
import { functionsIn, routersIn } from './registrations.ts';
import { UNKNOWN_SEGMENT } from './text.ts';

function join(prefix: string, path: string, regexp: boolean): string {
  if (regexp) return `${prefix.replace(/\/$/, '')}${path}`;
  const joined = `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : '/';
}

const UNKNOWN_PATH = { path: `/${UNKNOWN_SEGMENT}`, regexp: false };

function pathTexts({ paths }: Registration): { path: string; regexp: boolean }[] {
  if (paths.length === 0) return [{ path: '/', regexp: false }];
  return paths.map(({ file, node, shown, regexp }) =>
    regexp ? { path: file.text.slice(node.start, node.end), regexp } : { path: shown, regexp },
  );
}

/** What one execution of a registration registers: once per path, per row of its table or turn of its loop. */
function turnsOf(
  registration: Registration,
): { path: string; regexp: boolean; handlers: readonly HandlerArgument[] }[] {
  const rows = registration.turns ?? registration.rows;
  if (rows !== undefined) {
    return rows.map(({ path, handlers }) => ({
      ...(path === null ? UNKNOWN_PATH : { path, regexp: false }),
      handlers,
    }));
  }
  return pathTexts(registration).map((path) => ({ ...path, handlers: registration.handlers }));
}

/**
 * The endpoints of a program, in the order a request meets them as far as one file shows it: every app and router that
 * is mounted nowhere is a root. A router whose mount could not be followed is listed under `/<expression>`.
 */
export function routesOf(
  routers: readonly RouterValue[],
  registrations: readonly Registration[],
): ExpressRoute[] {
  const byRouter = new Map<RouterValue, Registration[]>();
  const mounted = new Set<RouterValue>();
  for (const registration of registrations) {
    const list = byRouter.get(registration.on);
    if (list === undefined) byRouter.set(registration.on, [registration]);
    else list.push(registration);
    for (const argument of registration.handlers) {
      for (const router of routersIn(argument)) if (router !== registration.on) mounted.add(router);
    }
  }
  for (const { copyOf } of routers) if (copyOf !== undefined) mounted.add(copyOf);
  const routes: ExpressRoute[] = [];
  const visit = (router: RouterValue, prefix: string, above: readonly RouterValue[]): void => {
    if (above.includes(router)) return;
    const inherited = router.copyOf === undefined ? [] : (byRouter.get(router.copyOf) ?? []);
    for (const registration of [...inherited, ...(byRouter.get(router) ?? [])]) {
      for (const { path, regexp, handlers } of turnsOf(registration)) {
        const full = join(prefix, path, regexp);
        if (registration.method === 'use') {
          for (const inner of handlers.flatMap(routersIn)) visit(inner, full, [...above, router]);
          if (registration.paths.length > 0 && isEndpoint(handlers)) {
            routes.push({ ...routeOf(registration, full, handlers), method: 'ALL' });
          }
        } else if (registration.method !== 'param') routes.push(routeOf(registration, full, handlers));
      }
    }
  };
  for (const router of routers) {
    if (!mounted.has(router)) visit(router, router.kind === 'app' ? '' : `/${UNKNOWN_SEGMENT}`, []);
  }
  return routes;
}

/** `app.use('/ready', (req, res) => …)`: what is never handed `next` and no error answers all that comes to its path. */
function isEndpoint(handlers: readonly HandlerArgument[]): boolean {
  const last = handlers.at(-1);
  const functions = last?.kind === 'function' ? last.functions : [];
  return (
    functions.length > 0 &&
    functions.every(({ roles }) => roles.includes('res') && !roles.includes('next') && !roles.includes('err'))
  );
}

function routeOf(
  registration: Registration,
  path: string,
  handlers: readonly HandlerArgument[],
): ExpressRoute {
  const last = handlers.at(-1);
  const fn = last && functionsIn(last)[functionsIn(last).length - 1];
  return {
    method: registration.method.toUpperCase(),
    path,
    registration: registration.location,
    handler: fn?.location ?? null,
    handlerName: handlerName(last, fn?.name),
  };
}

function handlerName(argument: HandlerArgument | undefined, own: string | undefined): string {
  if (argument === undefined) return '(none)';
  if (argument.kind === 'package') return [argument.package, argument.member].filter(Boolean).join('.');
  if (own !== undefined && own !== '(anonymous)') return own;
  const text = argument.file.text.slice(argument.node.start, argument.node.end);
  return /^[\w$.]+$/.test(text) ? text : '(anonymous)';
}
