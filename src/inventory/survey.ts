import type { BuiltinUse, EnvironmentVariable } from '../model/inventory.ts';
import { builtinUses, namesBuiltin } from '../workspace/syntax/builtins.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import { type ParsedFile, parseFileAside } from '../workspace/syntax/parse.ts';
import { environmentReads } from './environment.ts';
import type { OpenFile } from './environment-schemas.ts';
import { snippetOf } from './evidence.ts';
import { SERVER_PACKAGES } from './frameworks.ts';
import { loadedPackages } from './imported.ts';
import type { Manifest } from './manifests.ts';
import { stateInText } from './needs/state-text.ts';
import { isTestFile } from './reach.ts';

/** What one source file says by itself. Small: the tree it was read from is not kept. */
export interface FileFacts {
  path: string;
  module: 'cjs' | 'esm';
  typescript: boolean;
  builtins: readonly BuiltinUse[];
  env: readonly EnvironmentVariable[];
  /** Server frameworks it loads when it runs. */
  frameworks: readonly string[];
}

/** One pass over all sources; each tree is dropped once it was read, so memory does not grow with the repository. */
export interface Survey {
  files: ReadonlyMap<string, FileFacts>;
  /** Files that do not parse: the message, which begins with `file:line:column`. */
  failed: readonly Unread[];
  /** Names of module variables and fields of a file that calls change, read from its text. */
  state(path: string): readonly string[];
}

interface Unread {
  path: string;
  reason: string;
}

/** Files that are parsed beside this thread while one is looked at; each tree is gone before many more are made. */
const AHEAD = 8;

/** Reads every source once. Ctrl-C is noticed every 100 files. */
export async function survey(
  modules: Modules,
  manifests: readonly Manifest[],
  signal: AbortSignal,
  progress: (text: string) => void,
): Promise<Survey> {
  const packageType = typeReader(manifests);
  const files = new Map<string, FileFacts>();
  const failed: Unread[] = [];
  const open: OpenFile = (from, specifier) => {
    const found = modules.resolve(from, specifier);
    return found.kind === 'file' ? modules.file(found.path) : null;
  };
  const read = async (path: string): Promise<FileFacts | Unread> => {
    try {
      const text = modules.text(path) ?? '';
      return factsOf(await parseFileAside(path, text, { packageType: packageType(path) }), open);
    } catch (error) {
      return { path, reason: (error as Error).message };
    }
  };
  const ahead: Promise<FileFacts | Unread>[] = [];
  let started = 0;

  for (const [index, path] of modules.paths.entries()) {
    if (index % 100 === 0) {
      progress(`reading ${index} of ${modules.paths.length} sources`);
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    for (const next of modules.paths.slice(started, index + AHEAD)) {
      ahead.push(read(next));
      started++;
    }
    const facts = await ahead.shift();
    if (facts && 'reason' in facts) failed.push(facts);
    else if (facts) files.set(path, facts);
  }
  return { files, failed, state: (path) => stateInText(modules.text(path) ?? '') };
}

function factsOf(file: ParsedFile, open: OpenFile): FileFacts {
  const { path, text, module, typescript } = file;
  const reach = isTestFile(path) ? 'test' : 'production';
  let builtins: BuiltinUse[] = [];
  if (namesBuiltin(text)) {
    const lines = text.split(/\r\n|\n|\r/);
    builtins = builtinUses(file).map(({ module: name, member, location }) => ({
      location,
      snippet: snippetOf(lines, location),
      known: 'read',
      module: name,
      member,
      reach,
    }));
  }
  return {
    ...{ path, module, typescript, builtins },
    env: environmentReads(file, open),
    frameworks: loadedPackages(file, SERVER_PACKAGES),
  };
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
