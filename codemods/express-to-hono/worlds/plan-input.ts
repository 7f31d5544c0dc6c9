import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../state/conversion.ts';
import type { Natives } from '../state/native.ts';
import type { Home, Split } from '../state/worlds.ts';

/** What the plan of both worlds is made from. */
export interface PlanInput {
  program: ExpressProgram;
  split: Split;
  home: Home;
  modules: Modules;
  /** Functions that the project's own tests use by themselves. */
  tested: ReadonlyMap<SyntaxNode, string>;
  natives: Natives | undefined;
  workOf(file: ParsedFile): FileWork;
}
