import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { BehaviourName } from '../state/behaviours.ts';
import type { ConversionOptions, FileWork } from '../state/conversion.ts';
import type { Native, OnContext } from '../state/native.ts';

/** How middleware of a package runs beside Hono, as it is. */
export interface Bridging {
  /** The bridge for what is no plain middleware: an error handler, a list, one that changes what routing and parsing go by. */
  by?: 'bridgeError' | 'bridgeMethod' | 'bridgeQuery' | 'bridgeList';
  /** As an error handler it hands on what is not its own. */
  passesOn?: true;
  /** It defines `req.query` as a value of its own, which handlers then read under Express 5 too. */
  definesQuery?: true;
  /** It may make something else of `req.params`, which the handlers after it read. */
  changesParams?: true;
  /** It replaces `req.query` and `req.params`: the first fails under Express 5, the second is seen by the rest of a route. */
  replaces?: true;
}

/** Where middleware of a package is made, for the file that says what it becomes. */
export interface Use extends Omit<PackageArgument, 'kind'> {
  work: FileWork;
  /** The arguments it is made with. */
  args: readonly SyntaxNode[];
  /** What an expression of its file stands for, and the file where that is written: an object of another file, too. */
  written(node: SyntaxNode): { work: FileWork; node: SyntaxNode };
  /** The function that a handler has it hand its outcome to, which is not among the arguments then. */
  callback: SyntaxNode | null;
  /** The release that is installed, else the lowest that package.json asks for. */
  release: string | null;
  /** Whether the module is only called by its name: nothing is set on it that its middleware goes by. */
  isOnlyCalled: boolean;
  /** How often middleware of the package is registered. */
  times: number;
  target: ConversionOptions['target'];
  /** Whether the application names a header, in lower case here. */
  isNamed(header: string): boolean;
  /** Packages of which the application registers middleware. */
  beside: ReadonlySet<string>;
  /** Whether the application assigns to a member of this name, of whatever. */
  isAssigned(member: string): boolean;
  /** The files of the program. */
  files: readonly FileWork[];
}

/** Requests by method, null for any, and by path: at it, or `below` it as well. */
export interface Answered {
  method: string | null;
  path: string;
  below?: true;
}

/** What is known of one package, each part of it compared with the original by a case `coverage/cases/package.*`. */
export interface PackageRule {
  /** As npm spells it. */
  name: string;
  /** How its middleware runs behind a bridge; a sentence says why all or one of them stays in Express. */
  bridge?: Bridging | string | ((argument: PackageArgument) => Bridging | string);
  /** Which of its middleware answers in Express's own ways (`res.status(…).send(…)`), which the bridge lends it. */
  answers?: RegExp;
  /** Which of its middleware hands its outcome to a function, its last argument, where it is given one, and goes on no more. */
  tellsCallback?: RegExp;
  /** What it puts on the request for the handlers after it. */
  provides?: readonly string[] | ((argument: PackageArgument) => readonly string[]);
  /** It answers what is its own, and keeps no request from what comes after it. */
  keepsNothingOut?: true;
  /**
   * Where it stays in Express: the only requests that it answers, below where it is registered, and no errors. Null, as for
   * packages that say nothing: it may be for any request, and for errors.
   */
  answersOnly?: (argument: PackageArgument) => readonly Answered[] | null;
  /**
   * Handed the application, the only requests that it registers anything for, and nothing for errors. Null, as for packages that
   * say nothing: it may be for any request, and for errors.
   */
  registers?: (call: SyntaxNode) => readonly Answered[] | null;
  /** Members of the request that it saves as an answer ends, and those that change what is saved. */
  saves?: readonly string[];
  /** Its functions that an application hands the request: `validationResult(req)`. */
  takesRequest?: readonly string[];
  /** Which of its members are middleware themselves, and not what makes it: `native` is asked of them, too. */
  isMiddleware?: RegExp;
  /** Its functions share what one of them is given: where one of them stays what it is, all do. */
  isOne?: true;
  /** What it becomes where Hono, or a few lines beside it, do the same; a sentence says why not. */
  native?: (use: Use) => Native | string;
  /** What it answers otherwise where it runs as it is on Hono's context; a sentence says why it needs Node's request. */
  connects?: (use: Use) => readonly BehaviourName[] | string;
  /** How it runs as it is on Hono's context by itself, and shares nothing with other packages; a sentence says why not. */
  onContext?: (use: Use) => OnContext | string;
  /** It reads or sets `res.locals`, which views and handlers share with it. */
  locals?: true;
  /** Its errors carry a status. */
  raises?: true;
  /** Packages that it loads and does not bring: behind a bridge they stay in package.json. */
  needs?: readonly string[];
  /** What to move to by hand. */
  advice?: string;
}

export type { Native, OnContext, Writing } from '../state/native.ts';
