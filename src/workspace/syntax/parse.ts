import { MigrateError } from '../../model/errors.ts';
import type { Location } from '../../model/location.ts';
import { type OxcRead, readWithOxc } from './oxc.ts';

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
  /** Whether the file itself uses `import`/`export` statements: how a new import must be written in it. */
  moduleSyntax: boolean;
  typescript: boolean;
  /** What static imports and re-exports ask for, types included; known without the tree. */
  requests: readonly string[];
  locate(offset: number): Location;
}

/** Extensions of files that hold JavaScript or TypeScript. */
export const SOURCE_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

type Lang = 'jsx' | 'ts' | 'tsx' | 'dts';
type SourceType = 'module' | 'commonjs' | 'unambiguous';

function langOf(path: string): Lang {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  return path.endsWith('.tsx') ? 'tsx' : 'jsx';
}

/** Whether a file is read as TypeScript, by its extension. */
export const isTypeScript = (path: string): boolean => langOf(path) !== 'jsx';

/** Source types to try, best first. A `.js` file without a declared type may be either. */
function sourceTypesOf(path: string, packageType: string | undefined): SourceType[] {
  if (/\.m[jt]s$/.test(path)) return ['module'];
  if (/\.c[jt]s$/.test(path)) return ['commonjs'];
  return packageType === 'module' ? ['module', 'commonjs'] : ['unambiguous', 'commonjs', 'module'];
}

/**
 * Blanks a BOM and a shebang line with as many spaces, so that offsets stay those of the original text. oxc reads
 * either alone, but not a shebang behind a BOM.
 */
function withoutPrologue(text: string): string {
  const prologue = /^\uFEFF?(?:#![^\n\r\u2028\u2029]*)?/.exec(text)?.[0].length ?? 0;
  return prologue === 0 ? text : ' '.repeat(prologue) + text.slice(prologue);
}

const [LF, CR] = [10, 13];

/** Maps offsets to lines and columns; the table is built on first use. A BOM takes no column. */
function locator(path: string, text: string): (offset: number) => Location {
  let starts: number[] | null = null;
  return (offset) => {
    if (starts === null) {
      starts = [text.startsWith('\uFEFF') ? 1 : 0];
      for (let at = 0; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        if (unit === LF || (unit === CR && text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
      }
    }
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: path, line: low + 1, column: Math.max(1, offset - (starts[low] ?? 0) + 1) };
  };
}

/**
 * Parses one JavaScript or TypeScript file by its extension (`.js` accepts JSX; script or module by `packageType`,
 * else by what the text uses). Parentheses leave no node: a parenthesised expression is the expression. Of a declaration
 * file, which never runs, only what leaves no tree is an error: compilers are told to overlook the rest (`skipLibCheck`).
 *
 * @param path relative to the repository's root, with `/`; used for the grammar and in messages
 * @param text the file's exact characters, BOM and shebang included; all offsets refer to it
 * @param options `packageType`: the `type` of the nearest package.json; `whole`: the tree will be asked for
 * @throws MigrateError `SYNTAX_ERROR`, whose message starts with `file:line:column`
 */
export function parseFile(path: string, text: string, options: ParseOptions = {}): ParsedFile {
  const source = withoutPrologue(text);
  const lang = langOf(path);
  let failed: OxcRead['error'] = null;
  for (const sourceType of sourceTypesOf(path, options.packageType)) {
    const read = readWithOxc(
      path,
      source,
      { lang, sourceType, preserveParens: false },
      options.whole === true,
    );
    const isRead = read.error === null || (lang === 'dts' && read.tree().program.body.length > 0);
    if (isRead) return parsedFile(path, text, sourceType, read);
    failed ??= read.error;
  }
  const { line, column } = locator(path, text)(failed?.offset ?? 0);
  throw new MigrateError(
    'SYNTAX_ERROR',
    `${path}:${line}:${column} does not parse: ${failed?.message ?? 'unknown syntax'}.`,
    { hint: 'Fix the syntax error, or leave the file out.' },
  );
}

export interface ParseOptions {
  /** The `type` of the nearest package.json. */
  packageType?: string | undefined;
  /** Whether the tree will be asked for: where it is not known, the text is parsed once more for it. */
  whole?: boolean;
}

function parsedFile(path: string, text: string, sourceType: SourceType, read: OxcRead): ParsedFile {
  const { moduleSyntax, requests } = read;
  let comments: ParsedFile['comments'] | undefined;
  return {
    path,
    text,
    get program() {
      return read.tree().program as unknown as SyntaxNode;
    },
    get comments() {
      comments ??= read.tree().comments.map((comment) => ({
        start: comment.start,
        end: comment.end,
        block: comment.type === 'Block',
        text: comment.value,
      }));
      return comments;
    },
    module: sourceType === 'module' || (moduleSyntax && !/\.c[jt]s$/.test(path)) ? 'esm' : 'cjs',
    ...{ moduleSyntax, requests },
    typescript: isTypeScript(path),
    locate: locator(path, text),
  };
}
