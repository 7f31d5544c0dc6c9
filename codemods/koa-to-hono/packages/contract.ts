import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import type { Conversion, Lent } from '../state/conversion.ts';

/** Middleware of a package where it is registered. */
export interface PackageUse {
  cv: Conversion;
  work: FileWork;
  file: ParsedFile;
  /** The call that makes the middleware. */
  call: SyntaxNode;
  args: readonly SyntaxNode[];
  /** `koaBody` of `require('koa-body').koaBody()`; empty for the package itself. */
  member: string;
  value: ExternalValue;
}

/** A package of middleware for Koa. One file each. */
export interface PackageRule {
  name: string;
  /** Bodies are parsed by it. */
  parses?: true;
  /** What it puts on Koa's context; it is Hono's only where nothing of Koa's is left beside it. */
  lends?: Readonly<Record<string, Lent>>;
  /** What stands in place of the call, null where nothing has to, or why it has no rule. */
  native(use: PackageUse): readonly Part[] | null | string;
}
