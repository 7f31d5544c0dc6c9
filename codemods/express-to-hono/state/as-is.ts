import type { Span } from '../../../src/model/location.ts';
import type { ExpressFunction } from '../../../src/workspace/express/program.ts';
import { holds } from './worlds.ts';

/** A function of the application that stays as it is written, and runs behind a bridge. */
export interface AsItIs {
  fn: ExpressFunction;
  /** Why it is not Hono's. */
  why: string;
  /** Names it sets on the request, for what runs after it. */
  sets: readonly string[];
  /** It changes headers of the request, for what runs after it. */
  changesHeaders: boolean;
  /** It raises errors or hands them on, or hands on what does. */
  fails: boolean;
  /** As an error handler it may hand an error on. */
  passesOn: boolean;
}

/** Whether a place is inside a function that stays as it is. */
export const staysAsItIs = (all: readonly AsItIs[] | undefined, path: string, node: Span): boolean =>
  all?.some(({ fn }) => fn.file.path === path && holds(fn.node, node)) === true;
