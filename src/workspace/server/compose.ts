import { UNKNOWN_SEGMENT } from '../express/text.ts';
import type { Passed, RouteStep, Scope, ServerFunction, ServerRoute, Step } from './model.ts';
import type { Reader } from './reader.ts';

/** Joins a prefix and a path by one slash; a slash at the end means nothing. */
export function joinPaths(prefix: string, path: string): string {
  if (path.startsWith('/^') || path.startsWith('/(?')) return `${prefix}${path}`;
  const joined = `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return joined.length > 1 ? joined.replace(/\/+$/, '') : '/';
}

/**
 * The endpoints of scopes after mounting, with what a request for each passes. A router or plugin that is mounted
 * nowhere is below `/<expression>`: where it answers is not known.
 *
 * @param unused scopes that are mounted nowhere and serve nothing by themselves
 */
export function composeRoutes(
  reader: Reader,
  scopes: readonly Scope[],
  unused: ReadonlySet<Scope> = new Set(),
): ServerRoute[] {
  const join = reader.join ?? joinPaths;
  const mounted = mountedIn(scopes);
  const routes = new Map<string, ServerRoute>();

  function visit(
    scope: Scope,
    prefix: string,
    before: readonly Passed[],
    above: readonly Scope[],
    without?: ReadonlySet<Step>,
  ): void {
    if (above.includes(scope)) return;
    const all = [...(scope.copyOf?.steps ?? []), ...scope.steps];
    const steps = without === undefined ? all : all.filter((step) => !without.has(step));
    const whole = steps.flatMap((step) => (step.kind === 'middleware' ? step.handlers : []));
    let passed: readonly Passed[] = scope.middleware === 'whole' ? [...before, ...whole] : before;
    for (const step of steps) {
      if (step.kind === 'mount')
        visit(step.scope, join(prefix, step.prefix), passed, [...above, scope], step.without);
      else if (step.kind === 'middleware') {
        if (scope.middleware === 'in-order') passed = [...passed, ...step.handlers];
      } else {
        const written = join(prefix, step.path);
        for (const method of step.methods) {
          const { file, line, column } = step.location;
          const key = `${method} ${written} ${file}:${line}:${column}`;
          if (!routes.has(key)) routes.set(key, routeOf(reader, step, method, written, passed));
        }
      }
    }
  }

  for (const scope of scopes)
    if (!mounted.has(scope) && !unused.has(scope))
      visit(scope, scope.kind === 'application' ? '' : `/${UNKNOWN_SEGMENT}`, [], []);
  return [...routes.values()];
}

/** Scopes whose routes are found below others. */
export const mountedIn = (scopes: readonly Scope[]): ReadonlySet<Scope> =>
  new Set(
    scopes.flatMap((scope) => [
      // What a factory registers is at each of its calls.
      ...(scope.copyOf ? [scope.copyOf] : []),
      ...scope.steps.flatMap((step) => (step.kind === 'mount' && step.scope !== scope ? step.scope : [])),
    ]),
  );

function routeOf(
  { framework, template }: Reader,
  { handlers, location, schema }: RouteStep,
  method: string,
  written: string,
  before: readonly Passed[],
): ServerRoute {
  const last = handlers.at(-1);
  const handler = last?.functions.at(-1) ?? null;
  return {
    framework,
    method,
    path: template?.(written) ?? written,
    written,
    location,
    handler,
    handlerName: nameOf(last, handler),
    through: [...before, ...handlers],
    schema,
  };
}

function nameOf(last: Passed | undefined, handler: ServerFunction | null): string {
  if (last === undefined) return '(none)';
  const [made] = last.packages;
  if (handler === null && made !== undefined) return [made.package, made.member].filter(Boolean).join('.');
  if (handler !== null && handler.name !== '(anonymous)') return handler.name;
  const text = last.file.text.slice(last.node.start, last.node.end);
  return /^[\w$.]+$/.test(text) ? text : '(anonymous)';
}
