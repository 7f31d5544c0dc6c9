import type { Location } from '../../src/model/location.ts';
import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';

/** What is known of the repository. */
export interface Known {
  modules: Modules;
  functions: readonly ExpressFunction[];
  /** Where a list or an object that is written out may be changed; null where it stays what it is. */
  changed(file: ParsedFile, node: SyntaxNode): string | null;
  /** The first place that changes the language or Express for every file; null where none does. */
  patch: Location | null;
}

/** Why a route stays at the origin, and the place that says so. */
export class Refusal extends Error {
  readonly location: Location;
  constructor(location: Location, reason: string) {
    super(reason);
    this.location = location;
  }
}
