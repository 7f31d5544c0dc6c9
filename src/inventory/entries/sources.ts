import { posix } from 'node:path';
import type { Repository } from '../../workspace/repository.ts';
import { isRecord } from '../manifests.ts';
import { parseConfig } from '../readers/json.ts';

const EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];
/** Where compilers put their output by convention; a tsconfig's own `outDir` comes first. */
const OUTPUT = /^\.?(?:dist|build|out|lib|bin|output|compiled)$/;

/** Finds the file of the repository that a started file is, or is built from. */
export interface SourceFinder {
  /**
   * @param file relative to the root, as a command or manifest names it; an ending may be missing
   * @param folder the package it belongs to, '' for the root
   */
  find(file: string, folder: string): Promise<{ file: string; present: boolean; source: string | null }>;
}

export function sourceFinder(repository: Repository): SourceFinder {
  const outputs = new Map<string, Promise<Output>>();
  const outputOf = (folder: string): Promise<Output> => {
    const known = outputs.get(folder) ?? readOutput(repository, folder);
    outputs.set(folder, known);
    return known;
  };
  return {
    async find(named, folder) {
      const file = posix.normalize(named).replace(/\/$/, '');
      const direct = existing(repository, file);
      if (direct !== null) return { file: direct, present: true, source: direct };
      const written = file.replace(/\.([cm]?)jsx?$/, '.$1ts');
      if (repository.has(written)) return { file, present: false, source: written };
      const inside = folder === '' ? file : file.slice(folder.length + 1);
      const [first = '', ...rest] = inside.split('/');
      const { out, root } = await outputOf(folder);
      const isOutput = out === null ? OUTPUT.test(first) : out === first || OUTPUT.test(first);
      const tail = isOutput && rest.length > 0 ? rest : isOutput ? ['index'] : null;
      if (tail === null || file.startsWith('/')) return { file, present: false, source: null };
      const stem = tail.join('/').replace(/\.[cm]?jsx?$/, '');
      const candidates = [
        ...(await compiledFrom(repository, folder, inside)),
        ...(out === first && root !== null ? [posix.join(root, stem)] : []),
        ...(tail[0] === 'src' ? [stem] : [`src/${stem}`, stem]),
      ];
      for (const candidate of candidates) {
        const source = existing(repository, [folder, candidate].filter(Boolean).join('/'));
        if (source !== null) return { file, present: false, source };
      }
      return { file, present: false, source: null };
    },
  };
}

/** What a configuration in a folder of the package compiles to a file: `server/tsconfig.json` with `outDir` `../dist`. */
async function compiledFrom(repository: Repository, folder: string, file: string): Promise<string[]> {
  const found: string[] = [];
  for (const config of repository.files) {
    const at = posix.relative(folder, config);
    const own = posix.dirname(at);
    if (own === '.' || at.startsWith('..') || !/^tsconfig[\w.-]*\.json$/.test(posix.basename(at))) continue;
    const { compilerOptions: options } = parseConfig((await repository.read(config)) ?? '');
    if (!isRecord(options) || typeof options.outDir !== 'string') continue;
    const out = posix.join(own, options.outDir);
    const root = typeof options.rootDir === 'string' ? posix.join(own, options.rootDir) : own;
    if (file.startsWith(`${out}/`))
      found.push(posix.join(root, file.slice(out.length + 1).replace(/\.[cm]?jsx?$/, '')));
  }
  return found;
}

/** A file as Node finds it: as written, with an ending, or as the index of a folder. */
function existing({ has }: Repository, file: string): string | null {
  const base = file === '.' || file === '' ? 'index' : file;
  return (
    [base, ...EXTENSIONS.map((end) => base + end), ...EXTENSIONS.map((end) => `${base}/index${end}`)].find(
      (candidate) => has(candidate),
    ) ?? null
  );
}

/** The first part of `outDir`, and the folder whose files keep their paths in it; null where a tsconfig does not say. */
interface Output {
  out: string | null;
  root: string | null;
}

/** What a package's tsconfig says. Without `rootDir` it is the folder that all of `include` lies in, as `tsc` has it. */
async function readOutput(repository: Repository, folder: string): Promise<Output> {
  for (const name of ['tsconfig.build.json', 'tsconfig.json']) {
    const file = [folder, name].filter(Boolean).join('/');
    const text = repository.has(file) ? await repository.read(file) : null;
    const { compilerOptions: options, include } = text === null ? {} : parseConfig(text);
    if (!isRecord(options) || typeof options.outDir !== 'string') continue;
    const roots = Array.isArray(include)
      ? include.map((glob) => String(glob).replace(/\/?[^/]*[*?{].*$/, ''))
      : [];
    const [first] = roots;
    const common = first !== undefined && roots.every((each) => each === first) ? first : null;
    const root = typeof options.rootDir === 'string' ? options.rootDir : common;
    return { out: posix.normalize(options.outDir).split('/')[0] ?? null, root };
  }
  return { out: null, root: null };
}
