import { readFile, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** A file of environment variables that a start script names. */
export interface NamedEnvFile {
  /** As it is written, relative to the application's folder. */
  path: string;
  /** It may be missing (`--env-file-if-exists`). */
  optional: boolean;
}

/** How an application's own `start` script starts it, as far as another runtime can be started alike. */
export interface StartScript {
  /** The file it starts, as it is written; of a package's program (`next start`) the file that is its program. */
  entry: string;
  /** The name of that package's program. */
  program?: string;
  /** What it is given after the file. */
  args: readonly string[];
  /** Variables it sets in front of the program, values written out only. */
  variables: Readonly<Record<string, string>>;
  envFiles: readonly NamedEnvFile[];
  /** Bun only: it asks for no `.env` files. */
  noEnvFiles: boolean;
  /** Modules it loads before the file, in order. */
  preloads: readonly { flag: 'require' | 'import'; module: string }[];
}

/** Programs that run a file, with the words that may come between them and it. */
const RUNNERS = new Set(['node', 'bun', 'deno', 'tsx', 'ts-node', 'nodemon']);
const SUBCOMMANDS = new Set(['run', 'serve', 'watch']);
const WRAPPERS = new Set(['cross-env', 'env', 'exec', 'npx']);
/** Programs that are Node with a compiler loaded first, and how Node itself is told to load it. */
const COMPILING: Readonly<Record<string, StartScript['preloads'][number]>> = {
  tsx: { flag: 'import', module: 'tsx' },
  'ts-node': { flag: 'require', module: 'ts-node/register' },
};
/** A file to run: with an extension, or `bin/www` as the Express generator writes it. */
const FILE = /\.[mc]?[jt]sx?$|(?:^|\/)bin\/[\w-]+$/;
/** Flags whose value may be the next word. */
const VALUED = new Set(['--env-file', '--env-file-if-exists', '-r', '--require', '--import', '--preload']);

/** Programs of packages that only start others, or that build and watch: what they start is not known from their name. */
const STARTERS = new Set([
  ...['npm-run-all', 'run-s', 'run-p', 'concurrently', 'pm2', 'forever', 'nest', 'nx', 'turbo', 'lerna'],
  ...[
    'ts-node-dev',
    'tsnd',
    'vite',
    'webpack',
    'rollup',
    'tsc',
    'gulp',
    'grunt',
    'dotenv',
    'env-cmd',
    'wait-on',
  ],
]);

/** The `start` script of a folder's package.json; null where there is none, or it runs no file that can be told. */
export async function readStartScript(dir: string): Promise<StartScript | null> {
  try {
    const { scripts } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
    if (typeof scripts?.start !== 'string') return null;
    return parseStartScript(scripts.start) ?? (await packageProgram(dir, scripts.start));
  } catch {
    // None, or a broken one: who looks for the entry says so.
    return null;
  }
}

/** Reads a command line; of several commands, the first that runs a file. */
export function parseStartScript(script: string): StartScript | null {
  for (const words of commandsOf(script)) {
    const found = parseCommand(words);
    if (found) return found;
  }
  return null;
}

/** `next start`: a program that an installed package brings, of the last command that runs one. */
async function packageProgram(dir: string, script: string): Promise<StartScript | null> {
  for (const words of commandsOf(script).reverse()) {
    const { at, variables } = leading(words);
    const program = words[at] ?? '';
    if (!/^[\w-]+$/.test(program) || STARTERS.has(program)) continue;
    const bin = posix.join('node_modules', '.bin');
    const target = await readlink(join(dir, bin, program)).catch(() => null);
    if (target === null) continue;
    const entry = posix.join(bin, target);
    return {
      entry,
      program,
      args: given(words, at),
      variables,
      envFiles: [],
      noEnvFiles: false,
      preloads: [],
    };
  }
  return null;
}

/** What follows a word, up to where the shell is told to write the output. */
function given(words: readonly string[], at: number): string[] {
  const rest = words.slice(at + 1);
  const end = rest.findIndex((word) => /^\d?>/.test(word));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Where the program stands in a command, behind wrappers and variables that are set for it. */
function leading(words: readonly string[]): { at: number; variables: Record<string, string> } {
  const variables: Record<string, string> = {};
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    if (name === undefined && !WRAPPERS.has(word)) break;
    // What a shell would fill in is not known here.
    if (name !== undefined && !/[$`]/.test(value)) variables[name] = value;
  }
  return { at, variables };
}

function parseCommand(words: readonly string[]): StartScript | null {
  const { at: first, variables } = leading(words);
  let at = first;
  const program = (words[at] ?? '').replace(/^.*\//, '');
  if (!RUNNERS.has(program)) return null;
  const envFiles: NamedEnvFile[] = [];
  const compiler = COMPILING[program];
  const preloads: { flag: 'require' | 'import'; module: string }[] = compiler ? [compiler] : [];
  let noEnvFiles = false;
  for (at += 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      if (FILE.test(word))
        return { entry: word, args: given(words, at), variables, envFiles, noEnvFiles, preloads };
      // The value of a flag before it, as in `--stack-size 2000 server.js`.
      if (SUBCOMMANDS.has(word) || words[at - 1]?.startsWith('-')) continue;
      return null;
    }
    const equals = word.indexOf('=');
    const flag = equals > 0 ? word.slice(0, equals) : word;
    if (flag === '--no-env-file') noEnvFiles = true;
    if (!VALUED.has(flag) && flag !== '--env') continue;
    // Deno takes the value behind `=` only.
    const own = equals > 0 || program === 'deno' || flag === '--env';
    const value = own ? (equals > 0 ? word.slice(equals + 1) : '.env') : (words[++at] ?? '');
    if (/^--env/.test(flag)) {
      for (const path of program === 'bun' ? value.split(',') : [value])
        envFiles.push({ path, optional: flag === '--env-file-if-exists' });
    } else if (equals > 0 || !own) {
      preloads.push({ flag: flag === '--import' ? 'import' : 'require', module: value });
    }
  }
  return null;
}

/** The words of each simple command of a script; quotes are taken off. */
function commandsOf(script: string): string[][] {
  const commands: string[][] = [[]];
  for (const [, quoted1, quoted2, rest, end] of script.matchAll(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'&|;\\]|\\.)+)|(&&|\|\||[;&|]|\s+)/g,
  )) {
    const words = commands.at(-1) ?? [];
    if (end !== undefined) {
      if (end.trim() !== '') commands.push([]);
      else if (words.at(-1) !== '') words.push('');
      continue;
    }
    const piece = quoted1 ?? quoted2 ?? rest ?? '';
    words[Math.max(0, words.length - 1)] = `${words.at(-1) ?? ''}${piece}`;
  }
  return commands.map((words) => words.filter((word) => word !== ''));
}
