import type { ExternalValue, Value } from '../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, children, literalText } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type HonoProgram, isRouter, type Registration } from './hono.ts';

/** One route of the whole application, with everything that runs for it. */
export interface HonoRoute {
  /** `GET /notes/:id`; `ALL` for every method. */
  name: string;
  registration: Registration;
  /** Functions registered for it: its own, and middleware on the way to it. */
  handlers: readonly SyntaxNode[];
}

/** Middleware at a path below which it runs. */
export interface Mounted {
  prefix: string;
  registration: Registration;
  handlers: readonly SyntaxNode[];
}

/** Routes by the paths a client asks for: mounted apps are under the paths of `app.route`. */
export function routesOf(program: HonoProgram): { routes: HonoRoute[]; mounted: Mounted[] } {
  const byRouter = new Map<ExternalValue, Registration[]>();
  const subs = new Set<Value>();
  for (const one of program.registrations) {
    byRouter.set(one.router, [...(byRouter.get(one.router) ?? []), one]);
    if (one.member === 'route') for (const sub of one.arguments[1]?.values ?? []) subs.add(sub);
  }
  const routes: HonoRoute[] = [];
  const mounted: Mounted[] = [];
  const visit = (
    router: ExternalValue,
    prefix: string,
    before: readonly Mounted[],
    seen: readonly Value[],
  ) => {
    if (seen.includes(router)) return;
    const running = [...before];
    for (const registration of byRouter.get(router) ?? []) {
      const { member, node } = registration;
      if (member === 'route') {
        const below = join(prefix, literalText(argumentsOf(node)[0]) ?? '*');
        for (const sub of registration.arguments[1]?.values ?? []) {
          if (isRouter(sub)) visit(sub, below, running, [...seen, router]);
        }
      } else if (member === 'use') {
        const at = literalText(argumentsOf(node)[0]);
        const one = {
          prefix: join(prefix, (at ?? '').replace(/\/?\*$/, '')),
          registration,
          handlers: handlersOf(program, registration),
        };
        running.push(one);
        mounted.push(one);
      } else if (member !== 'mount' && member !== 'onError' && member !== 'notFound') {
        for (const [method, path] of requestsOf(registration)) {
          const full = join(prefix, path);
          const way = running.filter((one) => isBelow(full, one.prefix)).flatMap((one) => one.handlers);
          const handlers = [...handlersOf(program, registration), ...way];
          routes.push({ name: `${method} ${full}`, registration, handlers });
        }
      }
    }
  };
  for (const router of program.routers) if (!subs.has(router)) visit(router, '', [], []);
  return { routes, mounted };
}

const isBelow = (path: string, prefix: string): boolean =>
  prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);

const join = (prefix: string, path: string): string =>
  `/${[prefix, path]
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** Methods and paths of a registration; a path that is no literal is `*`. */
function requestsOf({ member, node }: Registration): [string, string][] {
  const [first, second] = argumentsOf(node);
  if (member !== 'on') return [[member.toUpperCase(), literalText(first) ?? '*']];
  const texts = (given: SyntaxNode | undefined) =>
    given?.type === 'ArrayExpression'
      ? children(given, 'elements').map((one) => literalText(one) ?? '*')
      : [literalText(given) ?? '*'];
  return texts(first).flatMap((method) =>
    texts(second).map((path): [string, string] => [method.toUpperCase(), path]),
  );
}

function handlersOf({ flow }: HonoProgram, { arguments: args }: Registration): SyntaxNode[] {
  return args.flatMap((cell) =>
    [...cell.values].flatMap((value) => {
      if (value.kind === 'function') return [value.node];
      if (value.kind !== 'array') return [];
      return [...flow.elementsOf(value).values].flatMap((one) => (one.kind === 'function' ? [one.node] : []));
    }),
  );
}
