import type {
  ExpressFunction,
  ExpressProgram,
  ExpressRoute,
  HandlerArgument,
  Role,
  RouterValue,
} from '../../../express/program.ts';
import { packagesIn } from '../../../express/registrations.ts';
import { parametersOf, patternTarget } from '../../../syntax/nodes.ts';
import type { Passed, PortKind, Scope, ServerFunction, ServerRoute, Step } from '../../model.ts';
import { chains } from './chain.ts';

const PORTS: Readonly<Record<Role, PortKind>> = {
  err: 'error',
  req: 'request',
  res: 'response',
  next: 'next',
  value: 'value',
  name: 'value',
};

/** Express's analysis in the words of the server floor. */
export function readExpress(program: ExpressProgram): { scopes: Scope[]; routes: ServerRoute[] } {
  const functions = new Map<ExpressFunction, ServerFunction>();
  const toFunction = (fn: ExpressFunction): ServerFunction => {
    const known = functions.get(fn);
    if (known !== undefined) return known;
    const { file, node, name, location, roles } = fn;
    const ports = parametersOf(node).map((parameter, index) => {
      const role = roles[index];
      return { parameter: patternTarget(parameter), kind: role ? PORTS[role] : null };
    });
    const made = { file, node, name, location, ports };
    functions.set(fn, made);
    return made;
  };
  const chainOf = chains(program);
  const routes = program.routes.map((route): ServerRoute => {
    const { functions: passed, others } = chainOf(route);
    const through = [
      ...passed.map(
        (fn): Passed => ({
          file: fn.file,
          node: fn.node,
          functions: [toFunction(fn)],
          packages: [],
          isUnknown: false,
        }),
      ),
      ...others.map(({ argument }) => passedBy(argument, toFunction)),
    ];
    return routeOf(route, through);
  });
  return { scopes: scopesOf(program, toFunction), routes };
}

function routeOf(
  { method, path, registration, handler, handlerName }: ExpressRoute,
  through: Passed[],
): ServerRoute {
  const answering = through
    .flatMap(({ functions }) => functions)
    .find(({ location }) => location === handler);
  return {
    ...{ framework: 'express', method, path, written: path, location: registration, handlerName, through },
    ...{ handler: answering ?? null, schema: null },
  };
}

/** One argument of a registration; a list is opened by who asks. */
function passedBy(argument: HandlerArgument, toFunction: (fn: ExpressFunction) => ServerFunction): Passed {
  const { file, node } = argument;
  const functions =
    argument.kind === 'function'
      ? argument.functions
      : argument.kind === 'factory'
        ? [...argument.functions, ...argument.wraps]
        : [];
  const packages =
    argument.kind === 'array'
      ? []
      : packagesIn(argument).map((each) => ({ file, node, package: each.package, member: each.member }));
  return {
    file,
    node,
    functions: functions.map(toFunction),
    packages,
    isUnknown: argument.kind === 'unknown',
  };
}

const opened = (argument: HandlerArgument): HandlerArgument[] =>
  argument.kind === 'array' ? argument.items.flatMap(opened) : [argument];

function scopesOf(
  { routers, registrations }: ExpressProgram,
  toFunction: (fn: ExpressFunction) => ServerFunction,
): Scope[] {
  const scopes = new Map<RouterValue, Scope>(
    routers.map((router) => [
      router,
      {
        ...{ framework: 'express', location: router.location, steps: [], middleware: 'in-order' },
        kind: router.kind === 'app' ? 'application' : 'router',
      },
    ]),
  );
  for (const { on, method, paths, handlers, location } of registrations) {
    const given = handlers.flatMap(opened);
    const passed = given
      .filter(({ kind }) => kind !== 'router')
      .map((argument) => passedBy(argument, toFunction));
    const steps: Step[] = [];
    if (method === 'use' || method === 'param') {
      if (passed.length > 0) steps.push({ kind: 'middleware', handlers: passed, location });
      const mounted = given.flatMap((argument) => (argument.kind === 'router' ? argument.routers : []));
      for (const router of mounted)
        for (const prefix of paths.length === 0 ? [''] : paths.map(({ shown }) => shown)) {
          const scope = scopes.get(router);
          if (scope !== undefined) steps.push({ kind: 'mount', scope, prefix, location });
        }
    } else
      for (const { shown } of paths)
        steps.push({
          kind: 'route',
          methods: [method.toUpperCase()],
          path: shown,
          handlers: passed,
          location,
          schema: null,
        });
    scopes.get(on)?.steps.push(...steps);
  }
  return [...scopes.values()];
}
