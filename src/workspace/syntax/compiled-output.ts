import { posix } from 'node:path';
import { parse } from 'jsonc-parser';

/** The extension of a source that a compiler writes JavaScript for, by that of what it writes. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.cjs': ['.cts'],
  '.mjs': ['.mts'],
};

/** What a tsconfig says of where the compiler writes. */
export interface Compiler {
  /** The folder of the tsconfig, relative to the root. */
  folder: string;
  outDir: string;
  rootDir: string | null;
}

/** Reads the folders out of a tsconfig, comments and all; null where it names none, or the folder that it lies in. */
export function compilerOf(path: string, text: string): Compiler | null {
  const settings: unknown = parse(text, [], { allowTrailingComma: true });
  const options = isRecord(settings) && isRecord(settings.compilerOptions) ? settings.compilerOptions : {};
  const { outDir, rootDir } = options;
  if (typeof outDir !== 'string' || /^\.?$/.test(posix.normalize(outDir).replace(/\/$/, ''))) return null;
  return { folder: posix.dirname(path), outDir, rootDir: typeof rootDir === 'string' ? rootDir : null };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Files that a compiler wrote and somebody put into git: JavaScript below the `outDir` of a tsconfig, where the TypeScript of one of
 * them is in the repository and none lies in that folder. The source is what people edit; what has none is left from before.
 */
export function compiledOutputs(
  paths: readonly string[],
  compilers: readonly Compiler[],
): ReadonlySet<string> {
  const all = new Set(paths);
  return new Set(
    compilers.flatMap(({ folder, outDir, rootDir }) => {
      const out = `${posix.join(folder, outDir).replace(/\/$/, '')}/`;
      const roots = [rootDir ?? 'src', '.'].map((each) => posix.join(folder, each));
      const inside = paths.filter((path) => path.startsWith(out));
      if (inside.some((path) => /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path))) return [];
      const written = inside.filter((path) => posix.extname(path) in SOURCES);
      const isCompiled = (path: string) => {
        const extension = posix.extname(path);
        const stem = path.slice(out.length, -extension.length);
        return roots.some((root) => SOURCES[extension]?.some((one) => all.has(posix.join(root, stem + one))));
      };
      return written.some(isCompiled) ? written : [];
    }),
  );
}
