import type { EntryPoint, Inventory } from '../model/inventory.ts';
import type { Repository } from '../workspace/repository.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import type { Manifest } from './manifests.ts';
import type { Roles } from './reach/roles.ts';
import type { LockedVersions } from './readers/lockfile.ts';
import type { Survey } from './survey/index.ts';

/** What every detector is given. Nothing in it writes. */
export interface DetectorContext {
  readonly repository: Repository;
  /** The root's package.json first, then the workspaces'. */
  readonly manifests: readonly Manifest[];
  readonly lockfiles: readonly LockedVersions[];
  /** What starts the application, and the sources behind it. */
  entryPoints(): Promise<readonly EntryPoint[]>;
  /** What part each source file plays: of the application, a test, an example, for browsers. */
  roles(): Promise<Roles>;
  /** What each source file says by itself, read in one pass however many detectors ask. */
  survey(): Promise<Survey>;
  /** Imports between the sources; a file asked for is parsed once and kept. */
  modules(): Promise<Modules>;
  readonly signal: AbortSignal;
  progress(text: string): void;
}

/** Facts are the inventory's fields. Lists of several detectors are joined; a single value is given by one detector. */
export type Facts = Partial<Omit<Inventory, 'schema' | 'version' | 'name' | 'git' | 'counts'>>;

/** The default export of `detectors/<id>.ts`. A detector that throws becomes a "not checked" line, never an abort. */
export interface Detector {
  id: string;
  /** What is not known when it fails: "entry points". */
  title: string;
  /** Runs before the others, while threads read what each source says. The order of what is told stays. */
  early?: true;
  detect(context: DetectorContext): Promise<Facts>;
}
