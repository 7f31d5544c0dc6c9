import type { Context, ErrorHandler, Next } from 'hono';
import type { Params, Router } from 'hono/router';
import type { H, RouterRoute } from 'hono/types';
import { isFinished } from './kept-head.ts';
import { isPassing, PASS, PASSED, passOn } from './passing.ts';
import { type RequestState, stateOf } from './request-state.ts';
import { leaveRoutes, nowhere, type RouteEntry, rejection } from './running-route.ts';

/** The handlers a request meets, in their order, each with its parameters; the first is none of them. */
export type Matches = [RouteEntry, Params][];

/** A router of which Hono gets one handler, and `find` all that it stands for. */
export interface RunningRouter extends Router<RouteEntry> {
  find(method: string, path: string): Matches;
}

/** What `next()` gives back where all that follows is done already: nobody has to wait for it. */
const DONE: Promise<void> = Promise.resolve();

/**
 * What a router finds, as the one handler that Hono then calls at once: it runs the others itself. Hono's own way makes
 * promises for each of them; here only those that a handler returns are waited for.
 */
export function inOneRun(matches: Matches, errorHandler: () => ErrorHandler): [Matches] {
  const found: [Matches] = [[]];
  const run = (c: Context) => {
    // Where Hono looks for the parameters of the route that runs.
    found[0] = matches;
    return runRoutes({ c, state: stateOf(c), matches, answerError: errorHandler(), reached: 0 });
  };
  found[0] = [[[run as H, nowhere], {}]];
  return found;
}

interface Run {
  c: Context;
  state: RequestState;
  matches: Matches;
  answerError: ErrorHandler;
  reached: number;
}

/** Runs handlers in turn and answers what they throw where they stand, as Hono does, and notes which route runs. */
function runRoutes(run: Run): Response | Promise<Response> {
  const all = runFrom(run, 1);
  if (all !== DONE) return all.then(() => finishRun(run));
  return isDone(run) ? answerOfRun(run) : finishRun(run);
}

const isDone = ({ c, state }: Run): boolean => state.late === undefined || isFinished(c);

async function finishRun(run: Run): Promise<Response> {
  const { c, state } = run;
  for (const act of state.late?.reverse() ?? [])
    try {
      if (!isFinished(c)) await act(c);
    } catch (error) {
      await failRun(run, nowhere, rejection(error));
    }
  return answerOfRun(run);
}

function answerOfRun({ c }: Run): Response {
  if (!c.finalized) throw new Error('No handler has answered, and none has called next().');
  return c.res;
}

function runFrom(run: Run, from: number): Promise<void> {
  const { c, state } = run;
  for (let index = from; index < run.matches.length; index++) {
    if (index <= run.reached) return Promise.reject(new Error('next() called multiple times'));
    const [[handler, route]] = run.matches[index] as Matches[number];
    run.reached = index;
    c.req.routeIndex = index;
    state.running = route;
    state.isFirst = index === 1;
    try {
      const answer: unknown = handler(c, isPassing(handler) ? passOn : nextOf(run, index, route));
      if (answer === PASSED) continue;
      if (isPromise(answer)) return answer === DONE ? DONE : awaited(run, index, route, answer);
      settleRun(c, answer);
      return DONE;
    } catch (thrown) {
      // To Express, what is nothing is no error where it is thrown at once.
      if (thrown) return failAtOnce(run, route, thrown);
    }
  }
  return DONE;
}

const nextOf =
  (run: Run, index: number, route: RouterRoute): Next =>
  () => {
    const following = runFrom(run, index + 1);
    if (following !== DONE) return returning(run.state, route, following);
    run.state.running = route;
    return DONE;
  };

function settleRun(c: Context, answer: unknown): void {
  if (answer && !c.finalized) c.res = answer as Response;
}

const awaited = (run: Run, index: number, route: RouterRoute, answer: PromiseLike<unknown>): Promise<void> =>
  Promise.resolve(answer).then(
    (value) => (value === PASS ? runFrom(run, index + 1) : settleRun(run.c, value)),
    (reason) => failRun(run, route, rejection(reason)),
  );

function failAtOnce(run: Run, route: RouterRoute, thrown: unknown): Promise<void> {
  try {
    return failRun(run, route, thrown);
  } catch (passedOn) {
    return Promise.reject(passedOn);
  }
}

/** Hands an error to the error handler of the application, whose page takes the place of any answer. */
function failRun(run: Run, route: RouterRoute, thrown: unknown): Promise<void> {
  const { c, state, answerError } = run;
  state.failed = route;
  state.goOn = (isBefore) =>
    runFrom(run, run.matches.map(([[, each]]) => isBefore(each)).lastIndexOf(true) + 1);
  leaveRoutes(c);
  const error = errorOf(thrown);
  c.error = error;
  const replace = (page: unknown) => {
    if (page) c.res = page as Response;
  };
  const page: unknown = answerError(error, c);
  if (isPromise(page)) return Promise.resolve(page).then(replace);
  replace(page);
  return DONE;
}

/** Once what follows is done, the route that called `next()` runs again. */
async function returning(state: RequestState, route: RouterRoute, following: Promise<void>): Promise<void> {
  try {
    await following;
  } finally {
    state.running = route;
  }
}

/** A promise, of the language or of a library. */
const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as Partial<PromiseLike<unknown>> | undefined | null)?.then === 'function';

/** Express hands anything thrown to its error handlers; Hono only Errors. */
function errorOf(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const own = typeof thrown === 'object' ? thrown : undefined;
  return Object.assign(causedBy(thrown), { stack: String(thrown) }, own);
}

/** `new Error(text, { cause })`, for what is compiled against the library of ES2020 as well. */
const causedBy = (thrown: unknown): Error =>
  Object.defineProperty(new Error(String(thrown)), 'cause', {
    value: thrown,
    writable: true,
    configurable: true,
  });
