import type { Inventory, NotChecked } from '../../model/inventory.ts';
import type { DetectorContext } from '../detector.ts';
import type { Manifest } from '../manifests.ts';
import type { Seen } from './seen.ts';

/** What a rule of the repository is given: the readers that detectors have, and the facts that they gave. */
export interface RepositoryLook extends DetectorContext {
  facts: Pick<
    Inventory,
    | 'dependencies'
    | 'deployment'
    | 'entryPoints'
    | 'env'
    | 'frameworks'
    | 'functions'
    | 'builtins'
    | 'nativeAddons'
    | 'routes'
    | 'scripts'
    | 'unreadRoutes'
    | 'workspaces'
  >;
  /** Whether a source file is part of what production runs. */
  isOwn(path: string): boolean;
  /** The manifests without those of packages that run in browsers alone. */
  served: readonly Manifest[];
  /** Packages that the application's own files import, with the first file that does. */
  packages: ReadonlyMap<string, string>;
}

/** The default export of `repository/<id>.ts`: what manifests, images and the whole of the sources show. */
export interface RepositoryRule {
  id: string;
  /** What is not known when it fails: "flags of images and scripts". */
  title: string;
  kinds: readonly string[];
  see(look: RepositoryLook): Promise<{ seen: readonly Seen[]; notChecked?: readonly NotChecked[] }>;
}
