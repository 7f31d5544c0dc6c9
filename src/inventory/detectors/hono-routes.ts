import type { Middleware, Route, RouteNeed } from '../../model/inventory.ts';
import { resolveBindings } from '../../workspace/syntax/bindings.ts';
import type { Modules } from '../../workspace/syntax/modules.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { applicationOf } from '../application.ts';
import type { Detector } from '../detector.ts';
import { evidenceIn } from '../evidence.ts';
import { type HonoRoute, honoRoutes } from '../hono-program.ts';
import { functionNeeds } from '../needs/index.ts';

const detector: Detector = {
  id: 'hono-routes',
  title: "Hono's routes",
  async detect({ modules, roles, survey }) {
    const sources = await modules();
    const application = applicationOf(sources, await roles());
    const found = honoRoutes(application.flow);
    if (found.length === 0) return {};
    const needsOf = functionNeeds(application, await survey());
    const middleware = new Map<SyntaxNode, Middleware>();
    const routes = found.map((route): Route => {
      const needs = new Map<string, RouteNeed>();
      const add = (need: RouteNeed) => {
        const key = `${need.kind} ${need.name} ${need.member}`;
        if (!needs.has(key)) needs.set(key, need);
      };
      for (const need of needsOf([...route.before, ...route.handlers]))
        if (!isOwnWord(need, sources)) add(need);
      for (const { value, file, node } of route.packages) {
        if (/^hono(\/|$)/.test(value.module) && !value.path.includes('serveStatic')) continue;
        const evidence = evidenceIn(file, file.locate(node.start), node.start, 'heuristic');
        const member = value.path.filter((name) => name !== '()').join('.') || null;
        const isStatic = value.path.includes('serveStatic');
        add({
          ...evidence,
          kind: isStatic ? 'static' : 'package',
          name: isStatic ? 'serveStatic' : value.module,
          member,
        });
        middleware.set(node, {
          ...evidence,
          known: 'read',
          package: value.module,
          member: member ?? '',
          paths: [],
        });
      }
      return { ...describe(route), needs: [...needs.values()] };
    });
    return { routes, middleware: [...middleware.values()] };
  },
};

/** Hono's own functions, and the memory of the module that express-to-hono writes: it holds nothing of a client. */
function isOwnWord({ kind, name, location }: RouteNeed, modules: Modules): boolean {
  if (kind === 'package') return name === 'hono';
  const file = location?.file ?? '';
  if (kind !== 'state' || !/(^|\/)express-parity\.[cm]?[jt]s$/.test(file)) return false;
  return (
    modules.text(file)?.includes('Keeps what clients saw of this application when it ran on Express') ?? false
  );
}

function describe({ method, path, registration, handlers, before }: HonoRoute): Omit<Route, 'needs'> {
  const last = handlers.at(-1);
  return {
    ...{ location: registration, known: 'read', method, path, framework: 'hono' },
    handler: last ? last.file.locate(last.node.start) : null,
    handlerName: last ? nameOf(last.file, last.node) : '',
    through: [...before, ...handlers].map(({ file, node }) => file.locate(node.start)),
  };
}

/** The name a function was given where it is written. */
function nameOf(file: ParsedFile, node: SyntaxNode): string {
  const binding = resolveBindings(file).bindings.find(
    ({ declaration }) => declaration === node || (declaration.init as unknown) === node,
  );
  return binding?.name ?? '';
}

export default detector;
