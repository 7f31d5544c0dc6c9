import type { Modules } from '../../workspace/syntax/modules.ts';
import type { OpenFile } from '../environment/environment-schemas.ts';
import type { SourceRule } from '../findings/rule.ts';
import type { Manifest } from '../manifests.ts';
import { stateInText } from '../needs/state-text.ts';
import { type FileFacts, readSource, type Source, type Unread } from './facts.ts';
import { takeBatch } from './thread.ts';
import { startThreads, threadModule } from './threads.ts';

export type { FileFacts } from './facts.ts';

/** One pass over all sources; each tree is dropped once it was read, so memory does not grow with the repository. */
export interface Survey {
  files: ReadonlyMap<string, FileFacts>;
  /** Files that do not parse. */
  failed: readonly Unread[];
  /** Names of module variables and fields of a file that calls change, read from its text. */
  state(path: string): readonly string[];
}

/** Sources from which on other threads read along: below, starting one takes longer than it saves. */
const WORTH_THREADS = 600;

export interface SurveyOptions {
  signal: AbortSignal;
  progress: (text: string) => void;
  /** The module that a helping thread runs; null: none helps. Default: `thread.js`, where there is much to read. */
  thread?: URL | null;
  /** What is looked for in every file. */
  rules: readonly SourceRule[];
}

/**
 * Begins to read every source once, in a thread for each other core; `finish` reads along in this one until all are
 * read. What this thread does between the two costs the survey nothing. Ctrl-C is noticed after every batch.
 */
export function beginSurvey(
  modules: Modules,
  manifests: readonly Manifest[],
  { signal, progress, thread, rules }: SurveyOptions,
): { finish(): Promise<Survey> } {
  const { paths } = modules;
  const packageType = typeReader(manifests);
  const open: OpenFile = (from, specifier) => {
    const found = modules.resolve(from, specifier);
    return found.kind === 'file' ? modules.file(found.path) : null;
  };
  const data = {
    root: modules.root,
    sources: paths.map((path) => ({ path, packageType: packageType(path) })),
    taken: new Int32Array(new SharedArrayBuffer(4)),
  };
  const read = new Map<string, FileFacts | Unread>();
  const readHere = (source: Source) => readSource(source, modules.text(source.path) ?? '', open, rules);
  const keep = (answers: readonly (FileFacts | Unread)[]) => {
    for (const answer of answers) read.set(answer.path, answer);
  };
  const module = thread === undefined && paths.length >= WORTH_THREADS ? threadModule() : (thread ?? null);
  const threads = startThreads(module, data, keep);
  signal.addEventListener('abort', () => void threads.stop(), { once: true });

  async function finish(): Promise<Survey> {
    for (let batch = takeBatch(data); batch.length > 0; batch = takeBatch(data)) {
      progress(`reading ${read.size} of ${paths.length} sources`);
      keep(batch.map(readHere));
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    await threads.ended;
    signal.throwIfAborted();
    for (const source of data.sources) if (!read.has(source.path)) keep([readHere(source)]);
    const all = paths.flatMap((path) => read.get(path) ?? []);
    return {
      files: new Map(all.flatMap((one) => ('reason' in one ? [] : [[one.path, one] as const]))),
      failed: all.flatMap((one) => ('reason' in one ? [one] : [])),
      state: (path) => stateInText(modules.text(path) ?? ''),
    };
  }
  return { finish };
}

/** The `type` of the package.json nearest to a file. */
function typeReader(manifests: readonly Manifest[]): (path: string) => string | undefined {
  const folders = manifests.map(({ folder, raw }) => ({
    prefix: folder === '' ? '' : `${folder}/`,
    type: typeof raw.type === 'string' ? raw.type : undefined,
  }));
  folders.sort((a, b) => b.prefix.length - a.prefix.length);
  return (path) => folders.find(({ prefix }) => path.startsWith(prefix))?.type;
}
