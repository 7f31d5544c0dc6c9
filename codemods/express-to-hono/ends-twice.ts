import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import { child } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../src/workspace/syntax/walk.ts';
import { type Conversion, type FileWork, refuse, textOf } from './conversion.ts';
import { type End, ERROR, LATE_ANSWER, LATE_NEXT, LATE_RAW, NEXT, readEnds } from './ends.ts';
import { referencesOf } from './request-changes.ts';

/** What error handlers of the application certainly do. */
interface ErrorsDo {
  /** Each is done with the request when it returns. */
  atOnce: boolean;
  /** None is left to Express's own page, which waits for the rest of the request. */
  answer: boolean;
}

/**
 * Refuses functions behind the bridge that end a request twice on one path, where Express would let the handlers after the
 * ones already running go on, or the answer depends on which is quicker. What follows `next(err)` comes too late when the error
 * handlers answer at once: the bridge leaves that out, and a `next()` after it.
 */
export function refuseDoubleEnds(conversion: Conversion): void {
  if (conversion.bridgedFunctions.size === 0) return;
  const { program, workOf, bridgedFunctions } = conversion;
  const errors = errorsOf(conversion);
  const read = readEnds(program, workOf, (work, node, end, before, late) => {
    const reason = reasonOf(end, before, late, errors);
    if (reason !== null) refuse(conversion, work, node, 'flow/twice', reason);
  });
  for (const fn of program.functions) if (bridgedFunctions.has(fn.node)) read(fn);
}

const TWICE =
  'this may be the second `next` on a path: Express would go on with handlers after those that run';
const SLOW = 'this follows `next(err)` where an error handler answers later or not at all';
const RACE =
  'a callback before this may answer as well: which answer is sent would depend on which is quicker';

function reasonOf(end: End, before: number, late: boolean, { atOnce, answer }: ErrorsDo): string | null {
  const has = (bits: number) => (before & bits) !== 0;
  if (end === 'next') return has(NEXT | LATE_NEXT) ? TWICE : has(ERROR) && !atOnce ? SLOW : null;
  if (end === 'answer') return has(ERROR) && !(atOnce && answer) ? SLOW : null;
  if (end === 'raw') return has(ERROR) ? SLOW : null;
  // An error that a callback hands on later may come after the answer: error handlers get it then, as in Express.
  if (late) return null;
  if (has(NEXT)) return TWICE;
  if (has(ERROR) && !atOnce) return SLOW;
  return has(LATE_RAW) || (has(LATE_ANSWER) && !(atOnce && answer)) ? RACE : null;
}

function errorsOf({ program, workOf }: Conversion): ErrorsDo {
  const all = program.functions.filter(({ kind }) => kind === 'error-handler');
  return {
    atOnce: all.every((fn) => isAtOnce(workOf(fn.file), fn)),
    answer: all.some((fn) => isLast(fn) && staysHere(workOf(fn.file), fn)),
  };
}

const isAtOnce = (work: FileWork, fn: ExpressFunction): boolean =>
  findAll(fn.node, 'AwaitExpression').length === 0 &&
  [...referencesOf(work, fn, 'res'), ...referencesOf(work, fn, 'next')].every(
    (node) => enclosingFunction(fn.file, node) === fn.node,
  );

/** Whether every error of the application reaches an error handler. */
const isLast = ({ uses }: ExpressFunction): boolean =>
  uses.some(
    (use) =>
      use.kind === 'registered' &&
      use.registration.on.kind === 'app' &&
      use.registration.method === 'use' &&
      use.registration.paths.length === 0,
  );

/** Whether an error handler passes nothing on, but what comes after an answer. */
const staysHere = (work: FileWork, fn: ExpressFunction): boolean =>
  referencesOf(work, fn, 'next').every((node) => {
    for (
      let up: SyntaxNode | undefined = node;
      up !== undefined && up !== fn.node;
      up = work.parents.get(up)
    ) {
      const test = up.type === 'IfStatement' ? child(up, 'test') : null;
      if (test !== null && /\bheadersSent\b/.test(textOf(work, test))) return true;
    }
    return false;
  });
