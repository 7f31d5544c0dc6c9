import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { calleeOf, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';

/** Whether the project's own tests ask an application for its listener: `request(app.callback())`, `app.listen()`. */
export function handedToTests(
  all: Modules,
  files: ReadonlySet<string>,
  isTest: (path: string) => boolean,
): boolean {
  return all.paths.some((path) => {
    if (!isTest(path) || !all.importsOf(path).some((each) => files.has(each))) return false;
    const file = all.file(path);
    let found = false;
    if (file !== null)
      walk(file.program, {
        enter(node) {
          const callee = isCall(node) ? calleeOf(node) : null;
          if (isMember(callee) && /^(callback|listen)$/.test(memberName(callee) ?? '')) found = true;
        },
      });
    return found;
  });
}

/** Whether the project's own tests load a file: what they call in it takes what it took. */
export const isCalledByTests = (all: Modules, path: string, isTest: (path: string) => boolean): boolean =>
  all.importersOf(path).some(isTest);
