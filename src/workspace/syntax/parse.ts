import type { Location } from '../../model/location.ts';

/** An ESTree/TS-ESTree node as oxc gives it: `start` and `end` are UTF-16 offsets into the text. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  // Fields differ by type; readers narrow with the guards in `nodes.ts`.
  [field: string]: unknown;
}

/** One source file, parsed once and shared by every codemod. */
export interface ParsedFile {
  /** Relative to the repository's root, with `/`. */
  path: string;
  text: string;
  program: SyntaxNode;
  comments: readonly { start: number; end: number; block: boolean; text: string }[];
  /** CommonJS or ES module, by extension, `package.json` and syntax. */
  module: 'cjs' | 'esm';
  typescript: boolean;
  locate(offset: number): Location;
}
