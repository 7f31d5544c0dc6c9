import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

/** What is followed through the code of a package: the request, the response, and what hangs on them. */
export type Followed =
  | 'req'
  | 'res'
  | 'app'
  | 'req.headers'
  | 'req.params'
  | 'req.query'
  | 'req.socket'
  | 'res.locals'
  | 'res.socket';

/** Something that the code of a package does with a request or response. */
export interface PackageUse {
  on: Followed;
  /** The member; `*` where any may be meant, `?` where the application's options name it. */
  member: string;
  how: 'read' | 'set' | 'called';
  file: ParsedFile;
  node: SyntaxNode;
}

/** Where a request or response leaves the code that could be followed, or is used in a way that cannot be. */
export interface PackageEscape {
  /** As the end of a sentence: `hands the request to code that could not be followed`. */
  reason: string;
  file: ParsedFile;
  node: SyntaxNode;
}

/** What middleware of an installed package does with the request and the response. */
export interface PackageReads {
  /** How Express runs what is registered. */
  kind: 'middleware' | 'errors' | 'list';
  uses: readonly PackageUse[];
  escapes: readonly PackageEscape[];
  /** Whether a function that the application gives it may be handed the request or the response. */
  asksOptions: boolean;
  /** Whether an error is handed on. */
  raises: boolean;
  /** Property names that the code writes: options of what it calls are among them. */
  keys: ReadonlySet<string>;
  /** Modules of Node that the package and all it loads may load; null where that is more than is looked at. */
  builtins: ReadonlySet<string> | null;
}
