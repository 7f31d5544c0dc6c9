import type { Span } from '../../../src/model/location.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Problem } from '../state/conversion.ts';
import type { Home } from './elements.ts';
import type { Plan } from './plan.ts';
import type { Split } from './split.ts';

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
}

export const holds = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

const isWithin = (spans: ReadonlyMap<string, readonly Span[]>, path: string, node: Span): boolean =>
  spans.get(path)?.some((span) => holds(span, node)) === true;

/** Whether a place may be rewritten: everywhere where the whole application is. */
export const isMoved = (worlds: Worlds | null, path: string, node: Span): boolean =>
  worlds === null || isWithin(worlds.moved, path, node);

/** Whether a place stays in Express as it is written, rewritten beside it or not. */
export const staysInExpress = (worlds: Worlds | null, path: string, node: Span): boolean =>
  worlds !== null && (!isWithin(worlds.moved, path, node) || isWithin(worlds.copied, path, node));
