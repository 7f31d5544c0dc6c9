import type { LeftForYou } from '../../../src/model/changeset.ts';
import type { Location } from '../../../src/model/location.ts';
import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import { calleeOf, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { createEditing, type Editing, type FileWork } from '../../shared/edit/work.ts';

export const ID = 'koa-to-hono';
export type Target = 'node' | 'bun' | 'deno' | 'workers';

/** A place that has no rule: nothing is changed as long as it is there. */
export interface Problem {
  location: Location;
  rule: string;
  reason: string;
  /** The function that it is in: with it Koa's own, the rest is converted. */
  fn: SyntaxNode | null;
}

/** A member that a package puts on Koa's context, in the output. */
export interface Lent {
  /** The support function in its place, which gets the context first. */
  support: string;
  /** `answers`: it gives the response. `reads`: it stands for the member. `calls`: it is called in its place. */
  is: 'answers' | 'reads' | 'calls';
  /** What it gets behind the context, before what the member gets. */
  first?: string;
  /** What is assigned to the member goes to this support function. */
  sets?: string;
  /** A name that an object it gets may not have. */
  without?: string;
  /** It gives a promise. */
  waits?: true;
}

/** What became of the functions that take a context, by node. */
export interface Converted {
  file: ParsedFile;
  node: SyntaxNode;
  name: string;
  /** It stays Koa's and runs inside Hono; why. */
  kept: string | null;
}

/** What a conversion is asked for, and what is known before it. */
export interface Asked {
  target: Target;
  /** Packages that run inside Hono although nobody compared them: the user said so. */
  trusted: ReadonlySet<string>;
  /** The release of each package whose releases differ. */
  releases: ReadonlyMap<string, string | null>;
}

/** One conversion of all that Koa has in one package of the repository. */
export interface Conversion extends Asked {
  editing: Editing;
  flow: Flow;
  /** Koa stays: handlers are Hono’s where they can be, and Koa calls them. */
  beside: boolean;
  /** Exact release of Koa's major: 2 or 3. */
  koa: 2 | 3;
  problems: Problem[];
  left: LeftForYou[];
  functions: Map<SyntaxNode, Converted>;
  /** Differences that clients can see, each with the places that cause it. */
  leftOut: Map<string, Location[]>;
  /** Functions of the support files that are used. */
  support: Set<string>;
  /** Functions that stay Koa's, with the reason: what an earlier attempt found. */
  kept: ReadonlyMap<SyntaxNode, string>;
  /** Functions that have to stay in the next attempt, as others do. */
  stay: Map<SyntaxNode, string>;
  /** The function that is being converted. */
  current: SyntaxNode | null;
  /** Something reads what others answered: why every handler is Koa's. */
  readsBody: string | null;
  /** Nothing of Koa’s is left beside it: what packages keep for a request is Hono’s alone. */
  alone: boolean;
  /** Members that packages put on Koa’s context, of which the output has its own. */
  lends: ReadonlyMap<string, Lent>;
  /** Keys of cookies are the output’s own. */
  signs: boolean;
  /** What answers errors that nobody caught, where a package does; its function of the support files. */
  errorPage: string | null;
  /** Settings of the application (`proxy`, `keys`) and what it puts on every context. */
  settings: Set<string>;
  /** Code stands after `await next()`, or around it in a `try`: errors must travel up through middleware. */
  errorsTravel: boolean;
  /** What writes a line for each request, where it stands before everything else. */
  logs: SyntaxNode | null;
  /** Something parses bodies: `ctx.request.body` is there. */
  parsesBodies: boolean;
  /** Content types that middleware sets before handlers: the kind of a text is not decided where it is answered. */
  setsTypeEarly: boolean;
  /** Names on `ctx.state` and on the context itself; `apart` where one of both would be taken for the other. */
  variables: { state: Set<string>; own: Set<string>; apart: boolean };
  /** The project's tests ask the application for its listener. */
  isTested: boolean;
  /** The entry of the Worker. */
  worker: string | null;
  /** The file that listens with a runtime's own server. */
  listens: string | null;
  /** Dependencies that the output needs beside Hono. */
  dependencies: Map<string, string>;
  /** Prefixes of routers as Hono writes them. */
  prefixes: Map<ExternalValue, string>;
  /** Calls of `allowedMethods()`, by router. */
  allowed: Map<ExternalValue, SyntaxNode>;
  /** Calls of `routes()`, by router. */
  routesCalls: Map<ExternalValue, { file: ParsedFile; call: SyntaxNode }[]>;
}

export const createConversion = (
  flow: Flow,
  koa: 2 | 3,
  kept: ReadonlyMap<SyntaxNode, string>,
  { target, trusted, releases }: Asked,
): Conversion => ({
  ...{
    kept,
    target,
    trusted,
    releases,
    stay: new Map(),
    current: null,
    readsBody: null,
    alone: false,
    lends: new Map(),
    signs: false,
    errorPage: null,
    settings: new Set(),
  },
  ...{
    beside: false,
    editing: createEditing(),
    flow,
    koa,
    problems: [],
    left: [],
    functions: new Map(),
  },
  ...{ leftOut: new Map(), support: new Set(), errorsTravel: false, logs: null, parsesBodies: false },
  ...{
    isTested: false,
    worker: null,
    listens: null,
    setsTypeEarly: false,
    variables: { state: new Set(), own: new Set(), apart: false },
    dependencies: new Map(),
    prefixes: new Map(),
    allowed: new Map(),
    routesCalls: new Map(),
  },
});

/** Says that a place has no rule. */
export function refuse(cv: Conversion, file: ParsedFile, node: SyntaxNode, rule: string, reason: string) {
  const location = file.locate(node.start);
  const isKnown = cv.problems.some(
    (each) =>
      each.location.file === location.file && each.location.line === location.line && each.reason === reason,
  );
  if (!isKnown) cv.problems.push({ location, rule, reason, fn: cv.current });
}

/** Notes that an edit leaves out something that clients can see. */
export function leaveOut(cv: Conversion, file: ParsedFile, node: SyntaxNode, behaviour: string) {
  // What Koa sends is as before.
  if (cv.beside) return;
  const place = file.locate(node.start);
  const places = cv.leftOut.get(behaviour) ?? [];
  if (!places.some((each) => each.file === place.file && each.line === place.line)) places.push(place);
  cv.leftOut.set(behaviour, places);
}

/**
 * The local name of something that a file needs to import; another one where the file uses the name otherwise.
 *
 * @param module a package, or `support` for a function of the support files
 * @param instead the call that it stands in place of: the name of what is called is free where nothing else uses it
 */
export function want(
  cv: Conversion,
  work: FileWork,
  module: string,
  name: string,
  type = false,
  instead: SyntaxNode | null = null,
): string {
  if (module === 'support') cv.support.add(name);
  const names = work.wanted.get(module) ?? new Map<string, { local: string; type: boolean }>();
  work.wanted.set(module, names);
  const known = names.get(name);
  if (known !== undefined) {
    if (!type) known.type = false;
    return known.local;
  }
  const isTaken = (local: string) => isBound(work, local, instead) || work.taken.has(local);
  let local = name;
  for (let count = 1; isTaken(local); count += 1)
    local = `hono${name[0]?.toUpperCase()}${name.slice(1)}${count > 1 ? count : ''}`;
  work.taken.add(local);
  names.set(name, { local, type });
  return local;
}

/** Whether any scope of a file binds a name that is still there afterwards. */
function isBound({ bindings }: FileWork, name: string, instead: SyntaxNode | null): boolean {
  const callee = instead === null ? null : calleeOf(instead);
  const goes = callee !== null && isIdentifier(callee) ? bindings.bindingOf(callee) : null;
  return (
    bindings.bindings.some(
      (each) =>
        each.name === name &&
        !REPLACED.has(importedFrom(each.declaration)) &&
        !(each === goes && each.references.length === 1),
    ) || bindings.globals.some(({ node }) => node.name === name)
  );
}

const REPLACED = new Set(['hono']);
const importedFrom = (declaration: SyntaxNode): string =>
  String((declaration as { source?: { value?: unknown } }).source?.value ?? '');
