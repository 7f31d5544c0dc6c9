import type { NotFollowed, ServerProgram, ServerRoute } from './model.ts';
import { gatewayTemplate } from './readers/lambda/index.ts';

/** Routes of applications as a gateway leads to them, and what has to be said of it. */
export interface Gated {
  routes: ServerRoute[];
  notFollowed: NotFollowed[];
}

/**
 * Puts routes of applications, Express's included, behind the gates that a manifest declares: what a proxy takes off the
 * front of a path stands before it, and a gate whose application is not read is a route by itself.
 *
 * @param routes of every framework but the gateway's own
 */
export function throughGates(gates: ServerProgram['gates'], routes: readonly ServerRoute[]): Gated {
  if (gates.length === 0) return { routes: [...routes], notFollowed: [] };
  if (routes.length === 0)
    return {
      routes: gates.flatMap((gate) => gate.routes.flatMap((step) => gateRoutes(step))),
      notFollowed: [],
    };
  const prefixes = new Set(gates.map(({ takesOff }) => takesOff.replace(/\/$/, '')));
  const [prefix = ''] = prefixes;
  if (prefixes.size > 1) {
    const [{ location } = { location: null }] = gates;
    const reason =
      'its functions take different parts off the front of a path, and which application is whose is not told';
    return {
      routes: [...routes],
      notFollowed: [said('where applications behind API Gateway answer', reason, location)],
    };
  }
  const under = routes.map((route) =>
    prefix === '' ? route : { ...route, path: `${prefix}${route.path === '/' ? '' : route.path}` },
  );
  const patterns = gates.flatMap((gate) =>
    gate.routes.map(({ methods, path }) => ({ methods, parts: partsOf(gatewayTemplate(path)) })),
  );
  const lost = under.filter(
    ({ method, path }) =>
      !patterns.some(
        ({ methods, parts }) =>
          (methods.includes('ALL') || method === 'ALL' || methods.includes(method)) &&
          meets(parts, partsOf(path)),
      ),
  );
  return {
    routes: under,
    notFollowed: lost.map(({ method, path, location }) =>
      said(`${method} ${path}`, 'no event of API Gateway that a manifest declares leads to it', location),
    ),
  };
}

const said = (what: string, reason: string, location: NotFollowed['location']): NotFollowed => ({
  ...{ framework: 'aws-lambda', what, reason, location },
});

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** Whether some path is of both templates; a part in doubt is taken for one. */
function meets(gate: readonly string[], route: readonly string[]): boolean {
  for (const [index, part] of gate.entries()) {
    if (part.startsWith('*')) return route.length > index || gate.length === 1;
    const other = route[index];
    if (other === undefined) return false;
    if (/[*:(<{]/.test(other) && /^[*]|[({<]/.test(other)) return true;
    if (!part.startsWith(':') && !other.startsWith(':') && part !== other) return false;
  }
  return route.length === gate.length || /[*({<]/.test(route[gate.length] ?? '');
}

function gateRoutes({
  methods,
  path,
  location,
}: ServerProgram['gates'][number]['routes'][number]): ServerRoute[] {
  return methods.map((method) => ({
    ...{ framework: 'aws-lambda', method, path: gatewayTemplate(path), written: path, location },
    ...{ handler: null, handlerName: '(a proxy)', through: [], schema: null },
  }));
}
