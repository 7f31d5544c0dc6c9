import type { Location } from '../../../src/model/location.ts';
import type { ExpressFunction, Role } from '../../../src/workspace/express/program.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../shared/edit/work.ts';

/** Why something cannot be converted, and where. */
export interface Problem {
  location: Location;
  rule: string;
  reason: string;
  unit: Unit | null;
}

/** One function that receives Express values. */
export interface Unit {
  fn: ExpressFunction;
  work: FileWork;
  /** Name of Hono's context in the converted function. */
  context: string;
  /** Name of `next`, or null when the function has none. */
  next: string | null;
  /** Identifiers in it (nested functions included) that hold an Express value. */
  uses: { node: SyntaxNode; role: Role }[];
  /** Statements in it that only give such a value another name, name it for a linter (`void next`) or end what has ended: they go. */
  idle: SyntaxNode[];
  /** Nodes on the way from the function to a use that may answer. */
  answering: Set<SyntaxNode>;
  /** A Content-Type is set somewhere in the function, so bodies must not bring their own. */
  setsType: boolean;
  /** This function itself sets one: not only one that may run before it. */
  setsOwnType: boolean;
  /** Some answer is followed by more code on the same path. */
  goesOn: boolean;
  /** `c`: the helper gets the context; `stream`: it writes to an open stream. */
  handle: 'context' | 'stream';
  /** Where Express runs it: the members of the request that it asks of Express's. Null for a function of Hono's own routes. */
  ofExpress: Set<string> | null;
}

export type { FileWork } from '../../shared/edit/work.ts';
