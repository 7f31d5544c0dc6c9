import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';

/** How middleware of a package runs beside Hono, as it is. */
export interface Bridging {
  /** The bridge for what is no plain middleware: an error handler, or one that changes what routing and parsing go by. */
  by?: 'bridgeError' | 'bridgeMethod' | 'bridgeQuery';
  /** As an error handler it hands on what is not its own. */
  passesOn?: true;
  /** It defines `req.query` as a value of its own, which handlers then read under Express 5 too. */
  definesQuery?: true;
  /** It may make something else of `req.params`, which the handlers after it read. */
  changesParams?: true;
  /** It replaces `req.query` and `req.params`: the first fails under Express 5, the second is seen by the rest of a route. */
  replaces?: true;
}

/** What is known of one package, each part of it compared with the original by a case `coverage/cases/package.*`. */
export interface PackageRule {
  /** As npm spells it. */
  name: string;
  /** How its middleware runs behind a bridge; a sentence says why one of them stays in Express. */
  bridge?: Bridging | ((argument: PackageArgument) => Bridging | string);
  /** Which of its middleware answers in Express's own ways (`res.status(…).send(…)`), which the bridge lends it. */
  answers?: RegExp;
  /** What it puts on the request for the handlers after it. */
  provides?: readonly string[] | ((argument: PackageArgument) => readonly string[]);
  /** Its functions that an application hands the request: `validationResult(req)`. */
  takesRequest?: readonly string[];
  /** What to move to by hand. */
  advice?: string;
}
