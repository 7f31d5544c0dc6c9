import type { Span } from '../../../src/model/location.ts';
import type { ExpressProgram, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Natives } from './native.ts';
import type { FileWork, Problem } from './work.ts';

/** Requests by their path, those of one template or all below it, and by their method, null for any. Null: any request. */
export type Pattern = { path: string; below: boolean; method: string | null } | null;

/**
 * One statement that registers something on the application, or on a router of which only a part may go: it goes to Hono,
 * or it stays, or it is in both. `mount`: it mounts such a router.
 */
export interface Element {
  registrations: readonly Registration[];
  kind: 'middleware' | 'errors' | 'routes' | 'mount';
  /** Where it is registered, the mounts around it included. */
  paths: readonly string[];
  patterns: readonly Pattern[];
  /** Where it stands among the statements that make the application; null where that is not certain. */
  statement: SyntaxNode | null;
  /** The application in it, by a name or as a member. */
  object: SyntaxNode | null;
  /** Whether it stands where the name of the Hono application is not known: in another function, or another file. */
  isElsewhere: boolean;
  /** Whether it is a link of the chain that makes the application; its statement is the call then. */
  isChained: boolean;
  /** The path below which it may answer, or change, requests that none of its routes is for. */
  prefix: string | null;
  /** The mount of the router it is registered on, where that is divided; null on the application. */
  mount: Element | null;
}

/** `const app = express();` or `this.app = express();`, and the statements around it. */
export interface Home {
  statement: SyntaxNode;
  block: SyntaxNode;
  /** The name it is declared with, or the member that holds it. */
  name: SyntaxNode;
}

/** An application, or a router that is divided: where it is made, and the path at which requests reach it. */
export interface Ground {
  on: RouterValue;
  home: Home;
  prefix: string | null;
  mount: Element | null;
}

/** What goes to Hono, what stays and why, and what both need. */
export interface Split {
  taken: readonly Element[];
  both: readonly Element[];
  /** Middleware that what goes has no use for, although it would run before it. */
  idle: readonly Element[];
  stays: ReadonlyMap<Element, string>;
  /** Those of them that stay only because another one does, and that one. */
  behind: ReadonlyMap<Element, Element>;
  /** Routers of which a part is taken. */
  divided: readonly Ground[];
}

/** What keeps something in Express, by what it is: a function, a registration's call, a router. */
export interface Blame {
  functions: Map<SyntaxNode, string>;
  calls: Map<SyntaxNode, string>;
  routers: Map<RouterValue, string>;
}

/** A declaration of which Hono may need one of its own: a function, a function that makes one, a package's middleware. */
export interface Target {
  work: FileWork;
  statement: SyntaxNode;
  /** The name it is declared with; for `exports.list = …` the property, for `module.exports = …` the member. */
  id: SyntaxNode;
  name: string;
  binding: Binding | null;
  /** What it is made of. */
  value: SyntaxNode;
  /** For a member of an object or a class: all places that name it. */
  members?: readonly Pick<Named, 'work' | 'node'>[];
}

/** A place that names a declaration. */
export interface Named {
  work: FileWork;
  /** What another name takes the place of; a `require` in an expression, which is all that the module exports. */
  node: SyntaxNode;
  /** The import that brings the name; null in the declaration's own file, and where it is a member of what is imported. */
  imported: { item: SyntaxNode; binding: Binding } | null;
  /** The module between, which hands it on under a name by a statement, from a `source`. */
  barrel?: { work: FileWork; name: string; statement: SyntaxNode; source: SyntaxNode };
  /** Where the function names it that is handed it here: `routes({ guard })`. */
  through?: readonly Pick<Named, 'work' | 'node'>[];
}

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

/** A declaration that both worlds need: Hono gets one of its own, beside the original. */
export interface Twin extends Target {
  twin: string;
  places: readonly Named[];
}

/** What is rewritten, what of it stays as well, and what cannot be told apart. */
export interface Plan {
  moved: ReadonlyMap<string, readonly Span[]>;
  copied: ReadonlyMap<string, readonly Span[]>;
  twins: readonly Twin[];
  blame: Blame;
}

/** The calls that register handlers of Hono's in Express, all functions these run, and why each other one is none of them. */
export interface InPlace {
  calls: ReadonlySet<SyntaxNode>;
  functions: ReadonlySet<SyntaxNode>;
  /** Something stands in the place of `res.send`, and hears of every answer. */
  isHeard: boolean;
  reasons: ReadonlyMap<SyntaxNode, string>;
}

/** An application of which a part becomes Hono's and the rest stays in Express, beside it. */
export interface Worlds extends Plan {
  /** The program with all that stays. */
  program: ExpressProgram;
  split: Split;
  /** What keeps Express where no route stays: an import of it that has no rule, a setting. */
  rest: readonly Problem[];
  home: Home;
  /** The name of the Hono application where Express's is made. */
  hono: string;
  /** Calls that make a package's middleware for both worlds, and the constant that holds it. */
  shared: ReadonlyMap<SyntaxNode, string>;
  /** Handlers that are Hono's where Express registers them; null where there are none. */
  inPlace: InPlace | null;
}

/** What stays as it is for the project's own tests, beside the twins that Hono has of it. */
export interface Originals {
  twins: readonly Twin[];
  copied: ReadonlyMap<string, readonly Span[]>;
  /** Tests that are handed none of what is Hono's now. */
  tests: ReadonlySet<string>;
}

export const holds = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

const isWithin = (spans: ReadonlyMap<string, readonly Span[]>, path: string, node: Span): boolean =>
  spans.get(path)?.some((span) => holds(span, node)) === true;

/** Whether a place may be rewritten: everywhere where the whole application is. */
export const isMoved = (worlds: Worlds | null, path: string, node: Span): boolean =>
  worlds === null || isWithin(worlds.moved, path, node);

/** Whether a place stays as it is written, in Express or for the tests, rewritten beside it or not. */
export function staysInExpress(
  { worlds, originals }: { worlds: Worlds | null; originals: Originals | null },
  path: string,
  node: Span,
): boolean {
  if (worlds === null) return originals !== null && isWithin(originals.copied, path, node);
  return !isWithin(worlds.moved, path, node) || isWithin(worlds.copied, path, node);
}

/** Whether a call registers a handler of Hono's in Express. */
export const isInPlace = (
  { worlds }: { worlds: Worlds | null },
  { call }: Pick<Registration, 'call'>,
): boolean => worlds?.inPlace?.calls.has(call) === true;

/** Whether no route is Hono's: all that is registered stays Express's. */
export const isOnlyInPlace = ({ worlds }: { worlds: Worlds | null }): boolean =>
  worlds !== null &&
  worlds.inPlace !== null &&
  worlds.split.taken.every(({ registrations }) => registrations.every((each) => isInPlace({ worlds }, each)));
