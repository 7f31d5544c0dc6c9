import type { EntryPoint, NotChecked } from '../model/inventory.ts';
import type { Repository } from '../workspace/repository.ts';
import { loadModules, type Modules } from '../workspace/syntax/modules.ts';
import { isSource } from '../workspace/text.ts';
import { readEntryPoints } from './entries/index.ts';
import { sourceRules } from './findings/rules.ts';
import type { Manifest } from './manifests.ts';
import { fileRoles, type Roles } from './reach/roles.ts';
import { beginSurvey, type Survey } from './survey/index.ts';

/** The run's sources, read once on first use, and the ones nobody could read. */
export interface SourceReader {
  modules(): Promise<Modules>;
  entryPoints(): Promise<readonly EntryPoint[]>;
  roles(): Promise<Roles>;
  /** Lets other threads read what each source says, while this one does something else before it asks. */
  readAhead(): Promise<void>;
  survey(): Promise<Survey>;
  unreadable(): Promise<NotChecked[]>;
}

/** The shared reader of a run's source files. A file that does not parse is left out and reported with its place. */
export function sourceReader(
  repository: Repository,
  manifests: readonly Manifest[],
  signal: AbortSignal,
  progress: (text: string) => void,
): SourceReader {
  const modules = once(() =>
    loadModules({
      root: repository.root,
      paths: repository.files,
      read(path) {
        signal.throwIfAborted();
        return repository.read(path);
      },
    }),
  );
  const entryPoints = once(() => readEntryPoints(repository, manifests));
  const roles = once(async () => fileRoles(repository, manifests, await entryPoints(), await modules()));
  const begin = once(async () => {
    const { isOwn } = await roles();
    return beginSurvey(await modules(), manifests, { signal, progress, isOwn, rules: await sourceRules() });
  });
  const readAll = once(async () => (await begin()).finish());
  return {
    ...{ modules, entryPoints, roles },
    async readAhead() {
      await begin();
    },
    survey: readAll,
    async unreadable() {
      const { failed } = await readAll();
      const skipped = [...repository.skipped]
        // Images and the like are no sources: nothing about them was to be checked.
        .filter(([path, reason]) => isSource(path) || reason.includes('symbolic link'))
        .map(([path, reason]) => ({ what: path, reason, location: { file: path, line: 1, column: 1 } }));
      return [...failed.map(({ path, reason }) => syntaxError(path, reason)), ...skipped];
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** `src/a.js:3:7 does not parse: Expected…` split into its place and its reason. */
function syntaxError(path: string, message: string): NotChecked {
  const match = /^:(\d+):(\d+) (.*)$/s.exec(message.slice(path.length));
  return {
    what: path,
    reason: (match?.[3] ?? message).replace(/\.$/, ''),
    location: { file: path, line: Number(match?.[1] ?? 1), column: Number(match?.[2] ?? 1) },
  };
}
