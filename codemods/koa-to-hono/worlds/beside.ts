import type { FunctionValue } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, atStart } from '../../shared/edit/draft.ts';
import { convertFunction, HANDLER } from '../body/function.ts';
import { givenIn, type Registration, registrationsOf } from '../facts/registrations.ts';
import { type Conversion, want } from '../state/conversion.ts';
import { keepsKoa } from './stays.ts';
import { strayUse, usesOf } from './uses.ts';

/** Members of an application or a router that take middleware. */
const TAKES = /^(?:use|get|post|put|patch|delete|del|head|options|all|register)$/;

/** An argument of a registration, with the functions that may stand there. */
interface Handed {
  registration: Registration;
  argument: SyntaxNode;
  functions: readonly FunctionValue[];
}

/**
 * Converts what can be of an application that stays Koa's: handlers and middleware become Hono's one by one, each where it is
 * registered, and Koa calls them in the order it always did. Nothing else of the program is changed.
 *
 * @param fresh an empty conversion, given what stays
 * @returns the conversion of which nothing has a problem any more
 */
export function convertBeside(
  fresh: (kept: ReadonlyMap<SyntaxNode, string>) => Conversion,
  isTested: (path: string) => boolean,
): Conversion {
  const kept = new Map<SyntaxNode, string>();
  for (;;) {
    const cv = attempt(fresh(kept), isTested);
    const { size } = kept;
    for (const { fn, reason } of cv.problems) if (fn !== null && !kept.has(fn)) kept.set(fn, reason);
    for (const [fn, reason] of cv.stay) if (!kept.has(fn)) kept.set(fn, reason);
    if (kept.size === size) return cv;
  }
}

function attempt(cv: Conversion, isTested: (path: string) => boolean): Conversion {
  const handed = handedIn(cv);
  for (const { functions } of handed) {
    const stays = functions.map(({ node }) => cv.kept.get(node)).find((each) => each !== undefined);
    for (const { file, node } of functions) {
      if (stays !== undefined) cv.stay.set(node, stays);
      convert(cv, file, node);
    }
  }
  const wrapped = handed.filter(({ functions }) => functions.every(({ node }) => !cv.kept.has(node)));
  const uses = usesOf(cv);
  const places = new Set(wrapped.map(({ argument }) => argument));
  for (const { node, file, kept } of cv.functions.values()) {
    if (kept !== null) continue;
    const stray = isTested(file.path) ? 'tests of the project call it' : strayUse(cv, uses, node, places);
    if (stray !== null) cv.stay.set(node, stray);
  }
  for (const { registration, argument } of wrapped) {
    const work = cv.editing.workOf(registration.file);
    const name = want(cv, work, 'support', 'inHono');
    work.draft.insert(atStart(argument), `${name}(`, 'beside/in-hono');
    work.draft.insert(atEnd(argument), ')', 'beside/in-hono');
  }
  return cv;
}

/** A function that stays is not looked into: only those that it hands its context to stay with it. */
function convert(cv: Conversion, file: FunctionValue['file'], node: SyntaxNode) {
  if (cv.kept.has(node)) keepsKoa(cv, file, node);
  else convertFunction(cv, file, node, HANDLER, 'handler');
}

function handedIn({ flow }: Conversion): Handed[] {
  return registrationsOf(flow)
    .filter(({ member }) => TAKES.test(member))
    .flatMap((registration) =>
      argumentsOf(registration.node).flatMap((argument): Handed[] => {
        if (argument.type === 'SpreadElement') return [];
        const given = givenIn(flow, argument);
        return given.is === 'functions' ? [{ registration, argument, functions: given.functions }] : [];
      }),
    );
}
