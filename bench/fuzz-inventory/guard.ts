import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Calls that write, by name; `open` by its flags. */
const WRITES = [
  'writeFile',
  'appendFile',
  'mkdir',
  'mkdtemp',
  'rm',
  'rmdir',
  'unlink',
  'rename',
  'copyFile',
  'cp',
  'symlink',
  'link',
  'chmod',
  'truncate',
  'utimes',
  'createWriteStream',
];
/** Calls that give what a file or folder holds. Whether something is there may be asked anywhere. */
const READS = ['readFile', 'readdir', 'opendir', 'open', 'createReadStream', 'readlink'];

type Call = (...args: unknown[]) => unknown;
type Holder = Record<string, unknown>;

/**
 * Watches what this process does with files until it is stopped: each write, and each read of what lies outside
 * `allowed` once links are followed.
 */
export function watchFiles(allowed: readonly string[]): { stop(): string[] } {
  const found = new Set<string>();
  const undo: (() => void)[] = [];
  const real = fs.realpathSync.native;
  const inside = (path: string): boolean =>
    allowed.some((folder) => path === folder || path.startsWith(folder + sep));
  const realOf = (path: string): string => {
    try {
      return real(path);
    } catch {
      return resolve(path);
    }
  };
  const note = (name: string, args: readonly unknown[], writes: boolean): void => {
    const [given] = args;
    if (typeof given !== 'string' && !(given instanceof URL)) return;
    const path = given instanceof URL ? fileURLToPath(given) : given;
    const opensToWrite = name.startsWith('open') && typeof args[1] === 'string' && /[wa+]/.test(args[1]);
    if (writes || opensToWrite) found.add(`wrote ${path}`);
    else if (!inside(realOf(path))) found.add(`read ${path}`);
  };
  const wrap = (holder: Holder, name: string, writes: boolean): void => {
    const original = holder[name];
    if (typeof original !== 'function') return;
    const watched: Call = (...args) => {
      note(name, args, writes);
      return (original as Call).apply(holder, args);
    };
    holder[name] = Object.assign(watched, original);
    undo.push(() => {
      holder[name] = original;
    });
  };
  for (const holder of [fs, fs.promises] as unknown as Holder[])
    for (const [names, writes] of [
      [WRITES, true],
      [READS, false],
    ] as const)
      for (const name of names) for (const each of [name, `${name}Sync`]) wrap(holder, each, writes);
  syncBuiltinESMExports();
  return {
    stop() {
      for (const each of undo) each();
      syncBuiltinESMExports();
      return [...found];
    },
  };
}

/** The folders of this project, its packages where they are linked: its own modules and tables may be read. */
export function ownFolders(): string[] {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!fs.existsSync(resolve(folder, 'playbooks'))) folder = dirname(folder);
  return [folder, resolve(folder, 'node_modules')].map((each) => fs.realpathSync(each));
}
