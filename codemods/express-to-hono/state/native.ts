import type { Place } from '../../../src/workspace/express/program.ts';
import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { BehaviourName } from './behaviours.ts';

/** What the arguments of native middleware are written with. */
export interface Writing {
  /** The local name of a function of the parity module. */
  parity(name: string): string;
  /** The argument that says which proxies are trusted, where some are. */
  trust(): readonly string[];
}

/** What middleware becomes in `--parity idiomatic`, in place of the call that makes it. */
export interface Native {
  /** The module it comes from: one of Hono's, or `parity`. */
  from: string;
  name: string;
  args: (writing: Writing) => readonly Part[];
  /** Why it is no middleware of Hono's own. */
  why?: string;
  /** What it answers otherwise, and the header where it is one. */
  leavesOut?: { behaviour: BehaviourName; header?: string };
  /** A difference that no client sees: a line of a log. */
  remark?: string;
}

/** What the calls that make middleware of packages become; a sentence says why one stays what it is. */
export type Natives = ReadonlyMap<SyntaxNode, Native | string>;

/** Where middleware of a package is made: the call, else the member of the package that is registered as it is. */
export const madeAt = ({ call, file, node }: PackageArgument): Place => call ?? { file, node };

/** What middleware of a package becomes, or why it stays what it is; undefined where nobody asked. */
export const nativeFor = (
  natives: Natives | undefined,
  argument: PackageArgument,
): Native | string | undefined => natives?.get(madeAt(argument).node);

/** Middleware of a package that runs as it is on Hono's context by itself. */
export interface OnContext {
  /** What it answers otherwise. */
  leavesOut: readonly BehaviourName[];
  /** A difference that no client sees: a line of a log. */
  remark?: string;
}

/** The same by the argument it is registered as. */
export type OnContexts = ReadonlyMap<SyntaxNode, OnContext>;

/** What is left out where middleware of packages runs as it is on Hono's context, by the argument it is registered as. */
export type Connects = ReadonlyMap<SyntaxNode, readonly BehaviourName[]>;
