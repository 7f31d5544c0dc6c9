import type { ExpressProgram, Place } from '../../../src/workspace/express/program.ts';
import { calleeOf } from '../../../src/workspace/syntax/nodes.ts';

/** The functions of the program that only hand a handler's rejections to `next`: `asyncHandler` of `asyncHandler(fn)`. */
export function ownWrappers({ wrappers, functionsAt }: ExpressProgram): Place[] {
  const found = wrappers.flatMap(({ node }) => {
    const callee = calleeOf(node);
    return callee === null ? [] : (functionsAt(callee) ?? []);
  });
  return found.filter(({ node }, index) => found.findIndex((each) => each.node === node) === index);
}
