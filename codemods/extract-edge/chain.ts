import { at } from '../../src/model/at.ts';
import type { Location } from '../../src/model/location.ts';
import type {
  ExpressProgram,
  ExpressRoute,
  HandlerArgument,
  Place,
  Registration,
  RouterValue,
} from '../../src/workspace/express/program.ts';
import { functionsIn, packagesIn, routersIn } from '../../src/workspace/express/registrations.ts';
import { calleeOf, isFunction, unwrap } from '../../src/workspace/syntax/nodes.ts';
import { enclosingFunction, parentsOf } from '../../src/workspace/syntax/walk.ts';
import { overlap, patternsOf, shareMethod } from '../express-to-hono/facts/routes/path-patterns.ts';
import { KNOWN } from './allowed.ts';
import { Refusal } from './known.ts';

/** What a request for a route passes, first to last, and the application it belongs to. */
export interface Chain {
  app: RouterValue;
  /** As Hono has it: `/catalog/:id`. */
  path: string;
  before: readonly HandlerArgument[];
  handlers: readonly HandlerArgument[];
}

/** Written-out segments and whole parameters: what Express and Hono read alike. */
const PLAIN = /^\/$|^(?:\/(?:[\w.~-]+|:[A-Za-z_]\w*))+$/;
/** Middleware that does nothing to a request without a body; the edge answers no other. */
const BODY_PARSERS = /^(?:express|body-parser)\.(?:json|urlencoded|text|raw)$/;

/**
 * Follows a route from its application down to its handlers.
 *
 * @throws Refusal where something on the way cannot run at the edge, or may answer first
 */
export function chainOf(program: ExpressProgram, route: ExpressRoute): Chain {
  const { registrations } = program;
  const refuse = (location: Location, reason: string): never => {
    throw new Refusal(location, reason);
  };
  const own = registrations.filter(
    (each) => at(each.location) === at(route.registration) && each.method.toUpperCase() === route.method,
  );
  const [registration] = own;
  if (route.method !== 'GET' || registration === undefined)
    return refuse(
      route.registration,
      `the edge answers GET and HEAD: what fails there is asked of the origin again, which is not safe for ${route.method}`,
    );
  if (own.length > 1)
    return refuse(route.registration, 'several applications or routers are given it at this place');
  if (!PLAIN.test(route.path))
    return refuse(route.registration, `\`${route.path}\` is no plain path, and Hono may read it otherwise`);
  if (registration.rows !== undefined || registration.turns !== undefined || registration.paths.length > 1)
    return refuse(
      route.registration,
      'it is registered together with others, from a table or a list of paths',
    );

  const wanted = { path: route.path, below: false, method: 'get' };
  const before: HandlerArgument[] = [];
  let inner = registration;
  let [above, prefix] = routerAbove(program, inner, route);
  for (;;) {
    const all = registrations.filter(({ on }) => on === inner.on);
    const reach = program.reach(inner.on, inner.file, inner.call);
    if (reach.unless !== null) refuse(inner.location, `it may not be registered: ${reach.unless}`);
    if (all.some(({ file }) => file !== inner.file)) {
      const other = all.find(({ file }) => file !== inner.file) as Registration;
      refuse(other.location, 'its router is filled from several files, so what comes first is not known');
    }
    const around = enclosingFunction(inner.file, inner.call);
    const elsewhere = all.find(({ file, call }) => enclosingFunction(file, call) !== around);
    if (elsewhere !== undefined)
      refuse(
        elsewhere.location,
        'its router is filled by several functions, so what comes first is not known',
      );
    const passed: HandlerArgument[] = [];
    for (const each of all.slice(0, all.indexOf(inner))) {
      const patterns = patternsOf(registrations, each, prefix);
      if (!patterns.some((one) => shareMethod(one, wanted) && overlap(one, wanted))) continue;
      const { unless } = program.reach(each.on, each.file, each.call);
      if (unless !== null && !isForErrors(each))
        refuse(each.location, `what runs before it may not be registered: ${unless}`);
      passed.push(...passedBy(each, refuse));
    }
    before.unshift(...passed);
    if (above === null) break;
    inner = above;
    [above, prefix] = routerAbove(program, inner, route);
    const mixed = inner.handlers.filter((each) => routersIn(each).length === 0);
    before.unshift(...mixed.flatMap((each) => middleware(inner, each, refuse)));
  }
  for (const argument of registration.handlers) middleware(registration, argument, refuse);
  const called = inner.on.references.find(isCalled);
  if (called !== undefined)
    refuse(called.file.locate(called.node.start), 'the application is called by code that runs before it');
  return { app: inner.on, path: route.path, before, handlers: registration.handlers };
}

/** `app(req, res)`: whoever calls it decides what it gets. */
const isCalled = ({ file, node }: Place): boolean => {
  const up = parentsOf(file).get(node);
  return up?.type === 'CallExpression' && calleeOf(up) === node;
};

const isForErrors = ({ handlers }: Registration): boolean =>
  handlers.flatMap(functionsIn).every(({ kind }) => kind === 'error-handler') &&
  handlers.every((each) => functionsIn(each).length > 0);

/** The one mount of the router that a registration is on, null at the application, and the path of that router. */
function routerAbove(
  program: ExpressProgram,
  { on, location }: Registration,
  { path }: ExpressRoute,
): [Registration | null, string] {
  const mountsOf = (router: RouterValue) =>
    program.registrations.filter(({ handlers }) => handlers.flatMap(routersIn).includes(router));
  const mounts = mountsOf(on);
  const [mount] = mounts;
  if (on.escapes[0] !== undefined)
    throw new Refusal(on.escapes[0].location, `its router is handed on: ${on.escapes[0].reason}`);
  if (mount === undefined) {
    if (on.kind === 'app') return [null, ''];
    throw new Refusal(location, `no application is known to have \`${path}\``);
  }
  if (mounts.length > 1 || on.copyOf !== undefined || program.routers.some(({ copyOf }) => copyOf === on))
    throw new Refusal(mount.location, 'its router is mounted at several places');
  let prefix = '';
  for (
    let up: Registration | undefined = mount, seen = 0;
    up !== undefined && seen < 20;
    up = mountsOf(up.on)[0], seen += 1
  ) {
    const [own, ...others] = up.paths;
    if (own?.text?.includes(':'))
      throw new Refusal(up.location, 'its router is mounted below a parameter, which Express hides from it');
    if (others.length > 0 || (own !== undefined && own.text === null))
      throw new Refusal(up.location, 'the path of its router is not written out');
    prefix = `${(own?.text ?? '').replace(/\/+$/, '')}${prefix}`;
  }
  return [mount, prefix];
}

type Refuse = (location: Location, reason: string) => never;

/** The middleware of a registration that a request passes on its way; what may answer it is refused. */
function passedBy(each: Registration, refuse: Refuse): HandlerArgument[] {
  if (each.method === 'param') return refuse(each.location, 'a `param` callback runs before it');
  if (each.method !== 'use')
    return refuse(each.location, `a route before it (${at(each.location)}) is for some of the same requests`);
  if (each.handlers.flatMap(routersIn).length > 0)
    return refuse(each.location, `a router before it (${at(each.location)}) gets some of the same requests`);
  return each.handlers.flatMap((argument) => middleware(each, argument, refuse));
}

function middleware(
  registration: Registration,
  argument: HandlerArgument,
  refuse: Refuse,
): HandlerArgument[] {
  const [made] = packagesIn(argument);
  if (argument.kind === 'package' && made !== undefined) {
    const name = [made.package, made.member].filter(Boolean).join('.');
    if (BODY_PARSERS.test(name)) return [];
    if (name === 'express.static' || made.package === 'serve-static')
      return refuse(registration.location, 'static files of the origin may answer first');
    return KNOWN.has(made.package)
      ? [argument]
      : refuse(registration.location, `\`${made.package}\` runs before it, and does not run at the edge`);
  }
  if (argument.kind !== 'function' || argument.functions.length !== 1)
    return refuse(
      registration.location,
      'what runs for it could not be followed to one function, or is made by a call',
    );
  const { type } = unwrap(argument.node);
  if (!isFunction(argument.node) && !/^(Identifier|MemberExpression)$/.test(type))
    return refuse(registration.location, 'a function that a call makes may keep something between requests');
  const [fn] = argument.functions;
  if (fn?.kind === 'error-handler') return [];
  return [argument];
}
