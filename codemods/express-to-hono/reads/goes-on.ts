import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import { argumentsOf, child, isMember } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, parentsOf } from '../../../src/workspace/syntax/walk.ts';
import { areApart, isLeftBefore, isReturned } from '../facts/answers/branches.ts';
import type { PackageEscape } from './contract.ts';
import { followedIn, isNext } from './markers.ts';
import { spoken } from './sites.ts';

/** Uses of the request or response after `next()` has returned: handlers have answered by then in Express, and not in Hono. */
export function afterNext(flow: Flow, file: ParsedFile): PackageEscape[] {
  const parents = parentsOf(file);
  const calls = flow.calls.filter((each) => each.file === file && [...each.callee.values].some(isNext));
  return calls.flatMap(({ node }) => {
    const fn = enclosingFunction(file, node);
    if (fn === null || isReturned(parents, fn, node)) return [];
    const late = flow.expressionsIn(file).find(([each, cell]) => {
      const up = parents.get(each);
      return (
        each.start >= node.end &&
        isMember(up) &&
        child(up, 'object') === each &&
        followedIn(cell).length > 0 &&
        enclosingFunction(file, each) === fn &&
        !areApart(parents, fn, node, each) &&
        !isLeftBefore(parents, fn, node, each)
      );
    });
    if (late === undefined) return [];
    const on = followedIn(late[1])[0] ?? 'req';
    return [{ reason: `asks for ${spoken(on)} after it went on`, file, node: late[0] }];
  });
}

/** `next('route')`, or what may be that: the rest of a route is left out. */
export const skipsRoutes = (flow: Flow): PackageEscape[] =>
  flow.calls.flatMap(({ file, node, callee, arguments: [given] }) => {
    if (given === undefined || ![...callee.values].some(isNext)) return [];
    const skips = [...given.values].some((each) => each.kind === 'text' && /^router?$/.test(each.text));
    return skips
      ? [{ reason: 'leaves out the rest of a route', file, node: argumentsOf(node)[0] ?? node }]
      : [];
  });

/** Whether something is handed to `next`. */
export const handsErrorsOn = (flow: Flow): boolean =>
  flow.calls.some((each) => each.arguments.length > 0 && [...each.callee.values].some(isNext));
