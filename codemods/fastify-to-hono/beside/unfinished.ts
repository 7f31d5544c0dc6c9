import { resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { calleeOf } from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';

const NAME = 'besideFastify';

/** Files in which an earlier run put Hono beside Fastify. */
export function unfinishedIn(modules: Modules): string[] {
  return modules.paths.filter((path) => {
    if (modules.text(path)?.includes(NAME) !== true) return false;
    const file = modules.file(path);
    if (file === null) return false;
    const bindings = resolveBindings(file);
    // Its own file declares the function, and calls it nowhere.
    return findAll(file.program, 'CallExpression').some((call) => {
      const callee = calleeOf(call);
      return callee?.type === 'Identifier' && callee.name === NAME && bindings.bindingOf(callee) !== null;
    });
  });
}
