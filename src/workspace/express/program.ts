import type { Location, Span } from '../../model/location.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';

/** What an Express-shaped parameter is, whatever its name. */
export type Role = 'err' | 'req' | 'res' | 'next' | 'value' | 'name';

/** What a function does for Express. `helper`: an ordinary function that is handed req, res or next by a handler. */
export type FunctionKind = 'handler' | 'middleware' | 'error-handler' | 'param' | 'helper';

/** A function that receives Express values, wherever it is written. */
export interface ExpressFunction {
  id: string;
  file: ParsedFile;
  /** The function node itself (arrow, expression, declaration, method value). */
  node: SyntaxNode;
  name: string;
  location: Location;
  kind: FunctionKind;
  /** Role by parameter position; `null` for a parameter that is none of Express's. A destructured parameter has its role too. */
  roles: readonly (Role | null)[];
  /** Names under which it takes a request or response out of an object that it is handed: `({ res, message }) => …`. */
  takenOut: readonly TakenOut[];
  /** Registrations and calls through which it is reached. */
  uses: readonly FunctionUse[];
  /** Uses that could not be followed (passed to unknown code, stored in an object we lost): such a function is not safe to change. */
  escapes: readonly { location: Location; reason: string }[];
}

/** A property of a parameter's pattern that is a request or response: `position` is the parameter's. */
export interface TakenOut {
  role: 'req' | 'res';
  position: number;
  /** The name of the property, which is its key in the object as well. */
  key: string;
  property: SyntaxNode;
  /** The identifier that stands for the value in the function. */
  target: SyntaxNode;
}

/** How a function is reached: registered on a router, called by another handler, returned by a factory, or as an option. */
export type FunctionUse =
  | { kind: 'registered'; registration: Registration; position: number }
  | { kind: 'called'; by: ExpressFunction | null; file: ParsedFile; call: SyntaxNode }
  | { kind: 'returned'; factory: SyntaxNode; file: ParsedFile }
  /** An option of a body parser that is given the request: `call` makes the parser. */
  | { kind: 'option'; option: ParserOption; file: ParsedFile; call: SyntaxNode };

/** Options of body parsers that are functions of the request. */
export type ParserOption = 'verify' | 'type';

/** An app or router value: where it is made and how it is named. */
export interface RouterValue {
  id: string;
  kind: 'app' | 'router';
  file: ParsedFile;
  /** The creating call: `express()`, `Router({ mergeParams: true })`, `new Router()`. */
  creation: SyntaxNode;
  location: Location;
  /**
   * Set when one function makes several routers that are told apart (`makeRouter()` called twice, each result filled by
   * its caller): the router as that function sees it, whose registrations every one of them has.
   */
  copyOf?: RouterValue;
  /** Every expression, in any file, known to hold this value (identifier references, members, require results, parameters). */
  references: readonly { file: ParsedFile; node: SyntaxNode }[];
  escapes: readonly { location: Location; reason: string }[];
}

/** A node and the file it stands in: an offset means nothing without its file. */
export interface Place {
  file: ParsedFile;
  node: SyntaxNode;
}

/**
 * What one handler argument of a registration is. Its place need not be in the registration's file: the items of a list
 * stand where the list is written.
 */
export type HandlerArgument = Place & ArgumentKind;

type ArgumentKind =
  | { kind: 'function'; functions: readonly ExpressFunction[] }
  /**
   * A call that returns Express functions: `requireRole('x')`, `asyncHandler(fn)`. The call may stand elsewhere than the
   * argument: `exports.list = asyncHandler(fn)`, registered as `ctrl.list`.
   */
  | {
      kind: 'factory';
      call: Place;
      functions: readonly ExpressFunction[];
      wraps: readonly ExpressFunction[];
      /** Middleware of packages that it gives back as well, each where it is returned. */
      packages?: readonly Extract<HandlerArgument, { kind: 'package' }>[];
    }
  | { kind: 'router'; routers: readonly RouterValue[] }
  /** Middleware made by a package: `express.json()`, `multer({}).single('f')`, `cors()`. The call that makes it may stand elsewhere. */
  | {
      kind: 'package';
      package: string;
      member: string;
      /** How it is reached from the package: `['csrf', '()']` for `lusca.csrf()`. */
      path: readonly string[];
      call: Place | null;
    }
  /** Functions of the repository that a codemod leaves as they are, and runs behind a bridge: never what the analysis finds. */
  | { kind: 'as-is'; functions: readonly ExpressFunction[]; list?: true }
  /** A list; `otherUse` is where one that is not written here is used as anything but a list of handlers. */
  | { kind: 'array'; items: readonly HandlerArgument[]; otherUse: Place | null }
  /** `held`: what of it was followed all the same, as the elements that a list has at least. */
  | { kind: 'unknown'; reason: string; held?: readonly HandlerArgument[] };

/** `middleware(req, res, next)`: the call, and the middleware of a package that it calls. */
export interface InPlace extends Place {
  middleware: Extract<HandlerArgument, { kind: 'package' }>;
  /** Whether it is not handed `next`, but a function that is told its outcome: `upload(req, res, (error) => …)`. */
  isTold: boolean;
}

/** `validation.run(req)`: the call, and what of packages it is called on. */
export interface Ran extends Place {
  made: readonly Extract<HandlerArgument, { kind: 'package' }>[];
}

/** One call on an app or router that registers something: `use`, a verb, `all`, `route(path).verb`, `param`. */
export interface Registration {
  id: string;
  on: RouterValue;
  file: ParsedFile;
  /** The whole call expression. For a chain, the call of this link. */
  call: SyntaxNode;
  location: Location;
  /** `use`, `all`, `param`, or the HTTP verb in lower case. */
  method: string;
  /**
   * Path arguments: literal text when it is known, else `null`; regular expressions as their node. `shown`: what is known of
   * the text, `/api/<expression>`. `pieces`: texts that a path may be, or be put together of; null for a list.
   */
  paths: readonly (Place & {
    text: string | null;
    shown: string;
    regexp: boolean;
    pieces: readonly (string | null)[];
  })[];
  /** The node of the path argument; null for `use(fn)` and for links of a `route()` chain. */
  pathNode: SyntaxNode | null;
  /** The `route(path)` call this link hangs on. */
  routeCall: Place | null;
  handlers: readonly HandlerArgument[];
  /**
   * For a call in a loop over a table of routes: what one turn of the loop registers, in the table's order. `handlers` above
   * holds the union over all rows; a path that differs by row has no `text` there.
   */
  rows?: readonly { path: string | null; handlers: readonly HandlerArgument[] }[];
  /**
   * For a path made in a loop (`/api/${name}`) or in a function that is called for each: what each turn registers, as far as
   * the values are written down in the code. Absent where none of them could be read.
   */
  turns?: readonly { path: string | null; handlers: readonly HandlerArgument[] }[];
}

/** One endpoint with its full path after mounting, and where each part is written. */
export interface ExpressRoute {
  method: string;
  /** Full template, `/api/notes/:id`; parts that could not be computed appear as `<expression>`. */
  path: string;
  registration: Location;
  handler: Location | null;
  handlerName: string;
}

/** What the program does with the app besides routing. */
export interface AppCall {
  on: RouterValue;
  file: ParsedFile;
  call: SyntaxNode;
  /** `listen`, `set`, `enable`, `disable`, `get` (a setting), `engine`, `locals`, `createServer`, … */
  member: string;
  location: Location;
}

/** Whether a call on an app or router certainly runs whenever that app is made. */
export interface Reach {
  /** Why it may not run, or only once requests have come; null when it certainly runs. */
  unless: string | null;
  /** The call or statement in the module or function that makes the app through which it runs; null when there is none. */
  anchor: SyntaxNode | null;
}

/** A place that certainly runs after another one. */
export interface Later {
  /** Where it runs in the function or module of the other one: itself, calls and callbacks that lead to it. */
  places: readonly SyntaxNode[];
  /** Whether nothing is waited for between these places and it. */
  isAtOnce: boolean;
}

/** Everything that is known about a repository's use of Express. */
export interface ExpressProgram {
  /** From the installed or declared version of `express`; null when it is not a dependency. */
  version: 4 | 5 | null;
  files: readonly ParsedFile[];
  routers: readonly RouterValue[];
  functions: readonly ExpressFunction[];
  registrations: readonly Registration[];
  appCalls: readonly AppCall[];
  /** Middleware of packages that functions hand their request to, as `express.json()(req, res, next)`. */
  inPlace: readonly InPlace[];
  /** What packages made and functions have run on their request. */
  ran: readonly Ran[];
  /** Whether a call on a router certainly runs. */
  reach(on: RouterValue, file: ParsedFile, node: SyntaxNode): Reach;
  /** Why a call on a router, if it runs, may run only once requests have come; null when it never does. */
  late(on: RouterValue, file: ParsedFile, node: SyntaxNode): string | null;
  /** Why a call on a router runs, or may run, only once an application listens; null where nothing known listens before it. */
  onceListening(on: RouterValue, file: ParsedFile, node: SyntaxNode): string | null;
  /** What tells that a call on a router runs after another call; null where it is before it, or the order is not known. */
  laterThan(on: RouterValue, early: Place, later: Place): Later | null;
  /** The functions of the repository that an expression may stand for; null when it may be anything else. */
  functionsAt(node: SyntaxNode): readonly Place[] | null;
  /** The object, as it is written out, that an expression stands for; null when it may be anything else, or gets more members later. */
  objectAt(node: SyntaxNode): Place | null;
  /** The texts that an expression may be, as of a parameter that each call gives one; null when it may be anything else. */
  textsAt(node: SyntaxNode): readonly string[] | null;
  /** Where what a call of a package gives is used as anything but a handler that is registered; null when it nowhere is. */
  otherUseOf(made: SyntaxNode): Place | null;
  /** The functions of the repository among the members of what an expression stands for, whichever file gave it them. */
  functionsWithin(node: SyntaxNode): readonly Place[];
  routes: readonly ExpressRoute[];
  /** Calls that only hand a handler's rejections to `next`: `asyncHandler(fn)`. */
  wrappers: readonly (Place & { functions: readonly ExpressFunction[] })[];
  /**
   * Import or require of express itself, per file: the statement's span and the local names it makes. `whole`: not its
   * default export but the module, as `import * as express`, `import express = require(…)` or `require` have it.
   */
  imports: readonly {
    file: ParsedFile;
    span: Span;
    names: readonly string[];
    typeOnly: boolean;
    whole: boolean;
  }[];
  /** Functions that look like handlers (`(req, res)` by name or type) but that nothing followed reaches: left alone. */
  unreached: readonly { file: ParsedFile; node: SyntaxNode; name: string; location: Location }[];
  /** Files that could not be parsed. */
  failed: readonly { path: string; reason: string }[];
}
