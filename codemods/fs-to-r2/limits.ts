import type { RouteLimit } from '../../src/model/changeset.ts';
import { argumentsOf, child, isIdentifier } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../src/workspace/syntax/walk.ts';
import type { HonoProgram } from './hono.ts';
import type { ParityCall } from './parity.ts';
import type { HonoRoute, Mounted } from './routes.ts';
import { staticPath } from './static-path.ts';

/** Something that a Worker cannot do, and where it is written. */
export interface Problem {
  file: ParsedFile;
  node: SyntaxNode;
  reason: string;
  /** It concerns every route that receives uploads. */
  isUpload?: boolean;
}

/** Names every route that runs into a problem, with the problem's reason and place. */
export function limitsOf(
  program: HonoProgram,
  routes: readonly HonoRoute[],
  problems: readonly Problem[],
): RouteLimit[] {
  const limits: RouteLimit[] = [];
  for (const route of routes) {
    const reached = program.reachedFrom(route.handlers);
    const receives = [...reached].some((fn) => isIdentifier(child(fn, 'id'), 'receiveUpload'));
    for (const { file, node, reason, isUpload } of problems) {
      const fn = enclosingFunction(file, node);
      if (isUpload ? !receives : fn === null || !reached.has(fn)) continue;
      limits.push({ route: route.name, runtime: 'workers', reason, location: file.locate(node.start) });
    }
  }
  return limits;
}

/**
 * Static files are routes, too: each file below the folder by its path, or everything below the mount when the folder
 * is not known.
 */
export function staticLimits(
  { flow }: HonoProgram,
  calls: readonly ParityCall[],
  mounted: readonly Mounted[],
  paths: readonly string[],
): RouteLimit[] {
  const limits: RouteLimit[] = [];
  for (const { name, call } of calls) {
    const [root] = argumentsOf(call.node);
    if (name !== 'serveStatic' || root === undefined) continue;
    const text = call.file.text.slice(root.start, root.end);
    const location = call.file.locate(call.node.start);
    const reason = `served from \`${text}\` on disk by serveStatic, and a Worker has no disk`;
    const folder = staticPath(flow, call.file, root);
    for (const { prefix, registration } of mounted) {
      if (!isWithin(call.node, registration.node) || registration.file !== call.file) continue;
      for (const path of folder === null ? ['*'] : servedPaths(folder, paths)) {
        limits.push({
          route: `GET ${prefix.replace(/\/$/, '')}/${path}`,
          runtime: 'workers',
          reason,
          location,
        });
      }
    }
  }
  return limits;
}

const isWithin = (inner: SyntaxNode, outer: SyntaxNode): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Paths under which files of a folder are served; an index stands for its folder, too. */
function servedPaths(folder: string, paths: readonly string[]): string[] {
  const start = folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
  return paths
    .filter((path) => path.startsWith(start) && !/(?:^|\/)\./.test(path.slice(start.length)))
    .flatMap((path) => {
      const below = path.slice(start.length);
      return /(?:^|\/)index\.html$/.test(below) ? [below.replace(/\/?index\.html$/, ''), below] : [below];
    });
}
