import type { OnRuntime } from './compare.ts';
import type { Conversion } from './convert.ts';
import type { CpuTime } from './cpu.ts';
import type { Application } from './list.ts';
import type { TestResult } from './own-tests.ts';

/** What the codemod makes of an application, by target. Needs nothing but its source. */
export interface Converted {
  date: string;
  /** The release of migrate. */
  version: string;
  /** Lines of source the authors wrote. */
  lines: number;
  node: Conversion;
  workers: Conversion;
  /** With `--in-place`, where nothing of it is converted otherwise and that converts something. */
  inPlace?: Conversion;
}

/** What the converted application did beside the original. */
export interface Run {
  date: string;
  version: string;
  /** Why it did not come to a comparison. */
  failed: string | null;
  runtimes: OnRuntime[];
  tests?: { before: TestResult | null; after: TestResult | null };
  /** Errors of the project's own TypeScript; null where it has none that runs. */
  types?: { before: number | null; after: number | null };
  /** Of one request on Node; null where no route could be asked many times. */
  cpu?: { original: CpuTime; converted: CpuTime } | null;
}

/** Everything measured on one application; what is absent was not measured. */
export interface Row extends Pick<Application, 'name' | 'repository' | 'commit' | 'folder' | 'what'> {
  converted?: Converted;
  /** Why the codemod gave no answer. */
  failed?: string;
  run?: Run;
}

/** The row of an application, with what was found at this commit; what an earlier commit gave is gone. */
export function rowOf(app: Application, found: Row | undefined): Row {
  const { name, repository, commit, folder, what } = app;
  const fresh = { name, repository, commit, folder, what };
  return found?.commit === commit && found.folder === folder ? { ...found, ...fresh } : fresh;
}
