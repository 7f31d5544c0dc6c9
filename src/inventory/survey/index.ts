import type { Modules } from '../../workspace/syntax/modules.ts';
import type { OpenFile } from '../environment/environment-schemas.ts';
import type { SourceRule } from '../findings/rule.ts';
import { SERVER_PACKAGES } from '../frameworks.ts';
import type { Manifest } from '../manifests.ts';
import { stateInText } from '../needs/state-text.ts';
import { type FileFacts, readSource, type Source, type Unread } from './facts.ts';
import { SHARED, takeBatch } from './thread.ts';
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
  /** Whether a file may be the application's. */
  isOwn(path: string): boolean;
}

/**
 * Begins to read every source once, in a thread for each other core; `finish` reads along in this one until all are
 * read. What this thread does between the two costs the survey nothing, and what it parses by then is not parsed again.
 * Ctrl-C is noticed after every batch.
 */
export function beginSurvey(
  modules: Modules,
  manifests: readonly Manifest[],
  { signal, progress, thread, rules, isOwn }: SurveyOptions,
): { finish(): Promise<Survey> } {
  const { paths } = modules;
  const late = nearServers(modules, isOwn);
  const order = [...paths.filter((path) => !late.has(path)), ...late];
  const packageType = typeReader(manifests);
  const open: OpenFile = (from, specifier) => {
    const found = modules.resolve(from, specifier);
    return found.kind === 'file' ? modules.file(found.path) : null;
  };
  const data = {
    root: modules.root,
    sources: order.map((path) => ({ path, packageType: packageType(path), isOwn: isOwn(path) })),
    counts: new Int32Array(new SharedArrayBuffer(8)),
    parsed: new Uint8Array(new SharedArrayBuffer(paths.length)),
  };
  data.counts[SHARED] = paths.length - late.size;
  const read = new Map<string, FileFacts | Unread>();
  const readHere = (source: Source) =>
    readSource(source, modules.kept(source.path) ?? modules.text(source.path) ?? '', open, rules);
  const keep = (answers: readonly (FileFacts | Unread)[]) => {
    for (const answer of answers) read.set(answer.path, answer);
  };
  const module = thread === undefined && paths.length >= WORTH_THREADS ? threadModule() : (thread ?? null);
  const threads = startThreads(module, data, keep);
  const stop = () => void threads.stop();
  signal.addEventListener('abort', stop, { once: true });

  /** Lets the other threads read the rest, too, but for what was parsed here in the meantime. */
  function share(): void {
    for (const [at, { path }] of data.sources.entries()) if (modules.kept(path) !== null) data.parsed[at] = 1;
    Atomics.store(data.counts, SHARED, paths.length);
    Atomics.notify(data.counts, SHARED);
  }

  async function finish(): Promise<Survey> {
    share();
    for (let batch = takeBatch(data); batch.length > 0; batch = takeBatch(data)) {
      progress(`reading ${read.size} of ${paths.length} sources`);
      keep(batch.map(readHere));
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    await threads.ended();
    signal.removeEventListener('abort', stop);
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

/** Files that name a server framework, and those one import away: values are followed in most of them. */
function nearServers(modules: Modules, isOwn: (path: string) => boolean): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of modules.paths) {
    if (!isOwn(path) || !modules.packagesOf(path).some((name) => SERVER_PACKAGES.has(name))) continue;
    for (const each of [path, ...modules.importsOf(path), ...modules.importersOf(path)])
      if (modules.text(each) !== null) found.add(each);
  }
  return found;
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
