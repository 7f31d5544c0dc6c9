import { type ParseResult, type ParserOptions, parseSync, rawTransferSupported } from 'oxc-parser';

/** What a text is, as oxc reads it. The tree and the comments are made when they are first asked for. */
export interface OxcRead {
  /** Why it does not parse; null: it does. */
  error: { message: string; offset: number } | null;
  moduleSyntax: boolean;
  /** What static imports and re-exports ask for, types included. */
  requests: readonly string[];
  tree(): Pick<ParseResult, 'program' | 'comments'>;
}

/** Options that oxc has and its types do not name. */
type TransferOptions = ParserOptions & { experimentalLazy?: true; experimentalRawTransfer?: true };

/** A result that stands in the parser's memory until it is disposed of. */
type SharedResult = ParseResult & { dispose(): void };

/** Decorators of parameters: where such a parameter starts, a tree out of the parser's memory says otherwise (oxc 0.159). */
const DECORATED = /[(,]\s*@[\w$]/;

/** Whether results can be read out of the parser's memory. Null: not asked yet. */
let shares: boolean | null = null;

/**
 * Parses a text. From Node.js 22 on oxc shares its memory: to learn whether a text parses and what it imports takes an eighth
 * of the time, and a tree a third. Elsewhere it writes every tree as JSON, whether or not somebody wants it.
 *
 * @param whole whether the tree will be asked for: it is made at once, where it would be parsed a second time
 */
export function readWithOxc(path: string, text: string, options: ParserOptions, whole: boolean): OxcRead {
  shares ??= rawTransferSupported();
  if (shares && !DECORATED.test(text)) {
    try {
      return whole ? readWhole(path, text, options) : readOutline(path, text, options);
    } catch (error) {
      // It reserves 6 GB of addresses, which a limit on the process may refuse.
      if (!(error instanceof RangeError)) throw error;
      shares = false;
    }
  }
  const result = parseSync(path, text, options);
  return { ...outlineOf(result), tree: () => result };
}

const readWhole = (path: string, text: string, options: ParserOptions): OxcRead => {
  const raw: TransferOptions = { ...options, experimentalRawTransfer: true };
  const result = parseSync(path, text, raw);
  // The rest of the result, which lists every import and export once more, is not kept.
  const tree = { program: result.program, comments: result.comments };
  return { ...outlineOf(result), tree: () => tree };
};

function readOutline(path: string, text: string, options: ParserOptions): OxcRead {
  const lazy: TransferOptions = { ...options, experimentalLazy: true };
  const result = parseSync(path, text, lazy) as SharedResult;
  const outline = outlineOf(result);
  result.dispose();
  let whole: OxcRead | undefined;
  return {
    ...outline,
    tree() {
      whole ??= readWhole(path, text, options);
      return whole.tree();
    },
  };
}

/** Copies what is told of a result without its tree. */
function outlineOf({ errors, module }: ParseResult): Omit<OxcRead, 'tree'> {
  const error = errors.find(({ severity }) => severity === 'Error');
  const { hasModuleSyntax: moduleSyntax, staticImports, staticExports } = module;
  return {
    error: error ? { message: error.message, offset: error.labels[0]?.start ?? 0 } : null,
    moduleSyntax,
    requests: [
      ...Array.from(staticImports, ({ moduleRequest }) => moduleRequest.value),
      ...Array.from(staticExports).flatMap(({ entries }) =>
        Array.from(entries).flatMap((each) => each.moduleRequest?.value ?? []),
      ),
    ],
  };
}
