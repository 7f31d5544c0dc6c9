import { at } from '../../../src/model/at.ts';
import type { Outcome } from '../../../src/model/changeset.ts';
import type { Location } from '../../../src/model/location.ts';
import type { ExpressProgram, Role, RouterValue } from '../../../src/workspace/express/program.ts';
import { argumentsOf, isTransparent } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Range, spanIn } from '../../shared/edit/draft.ts';
import { createEditing, type Editing } from '../../shared/edit/work.ts';
import type { AsItIs } from './as-is.ts';
import { emptyIdiomatic, type Idiomatic } from './idiomatic.ts';
import type { Connects, Natives, OnContexts } from './native.ts';
import type { OwnServer } from './own-server.ts';
import type { ReplacedAnswer } from './replaced-answer.ts';
import type { FileWork, Problem, Unit } from './work.ts';
import type { WorkerFiles } from './worker-files.ts';
import type { Originals, Worlds } from './worlds.ts';

export interface ConversionOptions {
  parity: 'wire' | 'idiomatic';
  target: 'node' | 'bun' | 'deno' | 'workers';
  /** Files whose application the project's own tests import. */
  tested: ReadonlySet<string>;
  /** Why registrations stay although they could go, by their place: they are not asked for. Null: everything is. */
  unasked: ReadonlyMap<string, string> | null;
  /** Handlers whose route stays become Hono's where Express registers them. */
  inPlace: boolean;
  /** Parts of the parity module that are taken as Express had them, whatever this application needs: another one does. */
  whole?: readonly string[];
  /** What middleware of packages becomes where Hono, or a few lines beside it, do the same. */
  natives?: Natives;
  /** Middleware of packages that stays what it is runs on Hono's context, not on Node's request and response. */
  connects?: Connects | undefined;
  /** The same of what does so by itself, whatever the others do. */
  onContext?: OnContexts;
  /** Functions that stay as they are written, behind a bridge. */
  asItIs?: readonly AsItIs[];
  /** Places of registrations that an earlier run took: what was not in their way then is not in it now. */
  taken: ReadonlySet<string>;
  /** With `workers`: what its entry loads. */
  worker?: WorkerFiles;
}

/** Express settings that were found, as they reach the parity functions. */
export interface Settings {
  poweredBy: boolean;
  etag: 'weak' | 'strong' | 'off';
  /** Properties of the options of `expressRouting`. */
  routing: string[];
  /** Further arguments of `query(c)` and of `clientIp(c)`, `protocol(c)`, `hostname(c)`. */
  query: string[];
  trust: string[];
  /** Calls that set which proxies are trusted, where that is known only when they run. */
  lateTrust: { call: SyntaxNode; work: FileWork; on: SyntaxNode | boolean }[];
  /** Properties of the format of `formattedJson`; none where JSON is as it comes. */
  json: string[];
}

/** What the application puts on the response to answer by, `res.ok = (data) => …`. */
interface CustomAnswer {
  isAsync: boolean;
}

/** The whole conversion: what is known, and what has been decided so far. */
export interface Conversion extends Editing {
  program: ExpressProgram;
  /** What goes to Hono while the rest stays in Express, beside it; null where all goes. */
  worlds: Worlds | null;
  /** What the tests use by itself, where all goes: it stays beside what Hono has of it. */
  originals: Originals | null;
  version: 4 | 5;
  /** The version of Express whose rules the body parsers follow. */
  bodyRules: 4 | 5;
  options: ConversionOptions;
  units: Map<SyntaxNode, Unit>;
  roles: Map<SyntaxNode, { role: Role; unit: Unit }>;
  /** Which functions a call reaches, when they are ours. */
  calls: Map<SyntaxNode, Unit[]>;
  /** Uses of Express values that a rule has dealt with. */
  claimed: Set<SyntaxNode>;
  problems: Problem[];
  /** What is thrown and is no Error reaches the error handler as it is, by a router that carries it. */
  carriesValues: boolean;
  /** Code that runs when the response is there: `c.res` may be read in it. */
  afterResponse: SyntaxNode[];
  /** Calls that hand the request on to a function that is a parameter: `fn(req, res, next)`. */
  forwards: Set<SyntaxNode>;
  /** A Content-Type is read, or a body is written past the middleware that adds the charset to it, also by Express. */
  writesRaw: boolean;
  /** Names of wildcard parameters (Express 5). */
  splats: Set<string>;
  /** Names that are set on `req` somewhere. */
  requestNames: Set<string>;
  /** Names the context holds: `c.get(…)` and `c.set(…)`. */
  variables: Set<string>;
  settings: Settings;
  /** Calls that register a route of which a handler leaves out the rest, and routers that one leaves. */
  skippable: Set<SyntaxNode>;
  leavable: Set<RouterValue>;
  /** Routers below a parameter of a mount that Express hides from them, where something might read it. */
  ownParams: ReadonlySet<RouterValue>;
  /** What `--parity idiomatic` leaves out; null for `wire`. */
  idiomatic: Idiomatic | null;
  /** What handlers change of a request besides its own members: what routing goes by, and the query. */
  rewrites: Set<'url' | 'method' | 'query'>;
  /** `res.locals` stays an object of its own: `locals(c)`. */
  keepsLocals: boolean;
  /** Members that the application puts on the response and that answer: `res.ok(data)`. */
  customAnswers: Map<string, CustomAnswer>;
  /** What middleware puts in the place of `res.json` and `res.send`, to look at what is sent. */
  replacedAnswers: ReplacedAnswer[];
  /** Members that the application puts on the response, for the functions after it. */
  responseNames: Set<string>;
  /** Names set on `res.locals`. */
  localNames: ReadonlySet<string>;
  /** Members of the request that bridged middleware puts there: they stay on Node's request. */
  bridgedNames: Set<string>;
  /** Packages whose middleware runs on Hono's context by itself. */
  onContext: Set<string>;
  /** Places that only a server of Node's does right, and why. */
  nodeNeeds: { location: Location; reason: string }[];
  /** The server of the runtime's own that the application listens with; null where that is Node's. */
  ownServer: OwnServer | null;
  /** Registrations whose parameters of the path are changed by middleware of a package. */
  keptParams: Set<SyntaxNode>;
  /** Middleware that runs behind a bridge. */
  bridges: Outcome[];
  /** Applications with a 404 handler of their own. */
  hasNotFound: Set<RouterValue>;
  /** Registrations that become `notFound`. */
  notFoundCalls: Set<SyntaxNode>;
  /** New files besides the parity module, and files no longer needed. */
  created: Map<string, string>;
  deleted: string[];
  /** What was converted but is worth a look. */
  remarks: { location: Location; rule: string; reason: string }[];
  /** Names taken from the parity module. */
  parity: Set<string>;
}

export function createConversion(program: ExpressProgram, options: ConversionOptions): Conversion {
  return {
    program,
    worlds: null,
    originals: null,
    version: program.version ?? 4,
    bodyRules: program.version ?? 4,
    options,
    ...createEditing(),
    units: new Map(),
    roles: new Map(),
    calls: new Map(),
    claimed: new Set(),
    problems: [],
    remarks: [],
    afterResponse: [],
    carriesValues: false,
    forwards: new Set(),
    writesRaw: false,
    splats: new Set(),
    requestNames: new Set(),
    variables: new Set(),
    hasNotFound: new Set(),
    notFoundCalls: new Set(),
    created: new Map(),
    deleted: [],
    keepsLocals: false,
    customAnswers: new Map(),
    replacedAnswers: [],
    responseNames: new Set(),
    localNames: new Set(),
    bridgedNames: new Set(),
    onContext: new Set(),
    keptParams: new Set(),
    bridges: [],
    nodeNeeds: [],
    ownServer: null,
    settings: { poweredBy: true, etag: 'weak', routing: [], query: [], trust: [], lateTrust: [], json: [] },
    rewrites: new Set(),
    skippable: new Set(),
    leavable: new Set(),
    ownParams: new Set(),
    parity: new Set(),
    idiomatic: options.parity === 'idiomatic' ? emptyIdiomatic(options.whole) : null,
  };
}

export function refuse(
  conversion: Conversion,
  work: FileWork,
  node: SyntaxNode | Range,
  rule: string,
  reason: string,
  unit: Unit | null = null,
): void {
  if (conversion.dry > 0) return;
  const location = work.file.locate(spanIn(work.file, node).start);
  const known = conversion.problems.some(
    (problem) => at(problem.location) === at(location) && problem.reason === reason,
  );
  if (!known) conversion.problems.push({ location, rule, reason, unit });
}

/** Notes something for the user about code that was converted. */
export function remark(
  conversion: Conversion,
  work: FileWork,
  node: SyntaxNode | Range,
  rule: string,
  reason: string,
): void {
  const location = work.file.locate(spanIn(work.file, node).start);
  if (conversion.dry === 0) conversion.remarks.push({ location, rule, reason });
}

export function claim(conversion: Conversion, node: SyntaxNode): void {
  if (conversion.dry === 0) conversion.claimed.add(node);
}

/** An expression with the casts that stand around it, and what it is a part of then. */
export function withCasts(
  { parents }: FileWork,
  node: SyntaxNode,
): { value: SyntaxNode; up: SyntaxNode | undefined } {
  let value = node;
  let up = parents.get(value);
  while (up !== undefined && isTransparent(up) && up.type !== 'ChainExpression') {
    value = up;
    up = parents.get(value);
  }
  return { value, up };
}

/**
 * The call and the argument by which a value is handed on, casts around it included, or the object that it is a property of where the
 * function takes it out of that (`facts/taken-out.ts`); null when it is not.
 */
export function handedTo(
  work: FileWork,
  node: SyntaxNode,
): { call: SyntaxNode; argument: SyntaxNode } | null {
  const inside = work.handedInside.get(node);
  if (inside !== undefined) return inside;
  const { value: argument, up } = withCasts(work, node);
  return up?.type === 'CallExpression' && argumentsOf(up).includes(argument) ? { call: up, argument } : null;
}

export { replace, spanOf, textOf } from '../../shared/edit/work.ts';
export type { FileWork, Problem, Unit } from './work.ts';
