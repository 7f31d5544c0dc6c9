import { analyzeWithFlow } from '../workspace/express/analyze.ts';
import type { ExpressProgram } from '../workspace/express/program.ts';
import type { Flow } from '../workspace/syntax/flow/flow.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import type { Roles } from './reach/roles.ts';

/** The application's Express program: its own files only. */
export interface Application {
  modules: Modules;
  program: ExpressProgram;
  flow: Flow;
  /** Files that calls are not followed into; what they use is then counted for the file as a whole. */
  outside: ReadonlySet<string>;
}

/** Up to this many files every call is followed; beyond, memory and time would grow past a command's worth. */
export const FOLLOWED_WHOLE = 400;

/**
 * Analyses the application's own sources. The analysis itself leaves out files that hold no handler; in a repository of
 * ordinary size they are followed afterwards, to see what each function uses.
 */
export function analyzeApplication(modules: Modules, roles: Roles): Application {
  const paths = modules.paths.filter((path) => roles.isOwn(path));
  const { program, flow } = analyzeWithFlow({ ...modules, paths });
  while (paths.length <= FOLLOWED_WHOLE && flow.leftOut.size > 0) {
    for (const path of [...flow.leftOut]) flow.include(path);
    flow.settle();
  }
  return { modules, program, flow, outside: flow.leftOut };
}
