import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { calleeOf, memberName } from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion } from '../state.ts';

/** Whether tests, or the application itself, send requests by `inject`. */
export function usesInject(modules: Modules, { calls }: Pick<Conversion, 'calls'>): boolean {
  if (calls.some(({ member }) => member === 'inject')) return true;
  return modules.paths.some((path) => {
    if (!isTestFile(path) || modules.text(path)?.includes('inject') !== true) return false;
    const file = modules.file(path);
    return (
      file !== null &&
      findAll(file.program, 'CallExpression').some((call) => memberName(calleeOf(call)) === 'inject')
    );
  });
}
