import type { Span } from '../model/location.ts';

/** One program started by a shell command line. */
export interface Invocation {
  /** `node`, `vitest`; the last part of a path. */
  program: string;
  /** Everything after the program, quotes removed. */
  args: string[];
}

/** Words that run the program named after them. */
const WRAPPERS = new Set([
  'cross-env',
  'env',
  'env-cmd',
  'npx',
  'exec',
  'time',
  'nice',
  'dotenv',
  'dotenvx',
  'sudo',
]);
/** Programs that do something of their own and run the command that is given to them. */
const RUNNERS = new Set(['c8', 'nyc', 'concurrently', 'nodemon', 'glob']);
const NO_PROGRAM = new Set([
  'cd',
  'echo',
  'export',
  'set',
  'exit',
  'true',
  'false',
  'test',
  '[',
  ':',
  'sleep',
  'wait',
]);

/**
 * The programs of a package script or Docker command, in order. Words are split as a POSIX shell does for plain
 * words and quotes; substitutions are left as text.
 */
export function invocations(command: string): Invocation[] {
  const found: Invocation[] = [];
  for (const part of splitCommands(command)) {
    const invocation = toInvocation(words(part));
    if (!invocation || NO_PROGRAM.has(invocation.program)) continue;
    found.push(invocation, ...ranBy(invocation));
  }
  return found;
}

/** What a runner starts: `c8 npm run unit`, `nodemon --exec "tsx src/app.ts"`, `concurrently "tsc -w" "node ."`. */
function ranBy({ program, args }: Invocation): Invocation[] {
  if (!RUNNERS.has(program)) return [];
  if (program === 'concurrently')
    return args.filter((arg) => !arg.startsWith('-') && /\s/.test(arg)).flatMap(invocations);
  if (program === 'nodemon' || program === 'glob') {
    const at = args.findIndex((arg) => /^(-x|--exec|-c|--cmd)$/.test(arg));
    const rest = at === -1 ? [] : args.slice(at + 1);
    const [command = ''] = rest;
    return invocations(/\s/.test(command) || program === 'glob' ? command : quoted(rest));
  }
  return invocations(quoted(skipOptions(args)));
}

const quoted = (args: readonly string[]): string =>
  args.map((arg) => (/[\s"'\\;&|]/.test(arg) ? `'${arg.replaceAll("'", `'"'"'`)}'` : arg)).join(' ');

function toInvocation(all: string[]): Invocation | null {
  const at = programAt(all);
  const program = at === null ? undefined : all[at];
  if (at === null || program === undefined) return null;
  return { program: program.slice(program.lastIndexOf('/') + 1), args: all.slice(at + 1) };
}

/** Which word of a simple command is the program: not a variable, nor a word that runs what comes after it. */
function programAt(all: readonly string[]): number | null {
  for (let at = 0; ; ) {
    const first = all[at];
    if (first === undefined) return null;
    if (/^[A-Za-z_]\w*=/.test(first) || first === '--') at += 1;
    else if (WRAPPERS.has(first)) at = all.length - skipOptions(all.slice(at + 1)).length;
    else if ((first === 'pnpm' || first === 'yarn') && /^(?:exec|dlx)$/.test(all[at + 1] ?? '')) at += 2;
    else return at;
  }
}

function skipOptions(args: readonly string[]): readonly string[] {
  let at = 0;
  while (args[at]?.startsWith('-') && args[at] !== '--') {
    // `npx --package x`, `dotenv -e .env`, `c8 --reporter lcov`: an option with a value.
    at += /^(-p|--package|-e|-f|--file|-r|--reporter|-x|--exclude|-n|--include|--src)$/.test(args[at] ?? '')
      ? 2
      : 1;
  }
  return args.slice(at);
}

/** Words of one simple command. */
export const words = (command: string): string[] => wordsIn(command).map(({ text }) => text);

/** A word of a command line, quotes removed, and where it stands. */
export interface Word extends Span {
  text: string;
}

/** A program as it is named in a command line, with its arguments. */
export interface Program {
  /** The word that names it. */
  word: Word;
  args: readonly Word[];
  /** Variables, and what runs the program: `cross-env`, `npx`. */
  before: readonly Word[];
}

/** The programs that a command line itself starts, in order, each with its place; not what those are given to run. */
export function programsIn(command: string): Program[] {
  return commandSpans(command).flatMap(({ start, end }) => {
    const found = wordsIn(command.slice(start, end), start);
    const at = programAt(found.map(({ text }) => text));
    const word = at === null ? undefined : found[at];
    if (at === null || !word) return [];
    return [{ word, args: found.slice(at + 1), before: found.slice(0, at) }];
  });
}

function wordsIn(command: string, offset = 0): Word[] {
  return [...command.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)].map((match) => ({
    start: offset + match.index,
    end: offset + match.index + match[0].length,
    text: match[0].replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
      (_, double, single, escaped) => double?.replace(/\\(.)/g, '$1') ?? single ?? escaped,
    ),
  }));
}

const splitCommands = (command: string): string[] =>
  commandSpans(command)
    .map(({ start, end }) => command.slice(start, end).trim())
    .filter(Boolean);

/** Splits at `&&`, `||`, `;`, `|`, `&` and line ends outside quotes. */
function commandSpans(command: string): Span[] {
  const parts: Span[] = [];
  let [start, quote] = [0, ''];
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at);
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '\\') at += 1;
    else if (/[;&|\n]/.test(char) && command.charAt(at - 1) !== '>') {
      parts.push({ start, end: at });
      start = at + 1;
    }
  }
  return [...parts, { start, end: command.length }];
}

/** Options of a runtime that take the next word as their value. */
const VALUED = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--watch-path',
  '--test-reporter',
  '--test-name-pattern',
  '-e',
  '--eval',
  '-p',
  '--print',
  // Of ts-node.
  '-P',
  '--project',
  '-O',
  '--compiler-options',
]);
/** Options of programs that start Node and watch files. */
const OF_TS_NODE_DEV = new Set(['--ignore-watch', '--watch', '--interval', '--debounce']);
const VALUED_OF: Readonly<Record<string, ReadonlySet<string>>> = {
  'ts-node-dev': OF_TS_NODE_DEV,
  tsnd: OF_TS_NODE_DEV,
  nodemon: new Set(['-w', '--watch', '--ext', '-i', '--ignore', '-d', '--delay', '--config']),
};
const SUBCOMMANDS: Record<string, ReadonlySet<string>> = {
  bun: new Set(['run', 'test', 'x', 'build', 'install']),
  deno: new Set(['run', 'test', 'serve', 'task', 'install']),
};

/** Flags given to node, bun or deno themselves, and the file they start. */
export function runtimeCall({ program, args }: Invocation): { flags: string[]; file: string | null } {
  const flags: string[] = [];
  let rest = args;
  if (SUBCOMMANDS[program]?.has(rest[0] ?? '')) rest = rest.slice(1);
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-')) return { flags, file: word };
    const isValued = VALUED.has(word) || VALUED_OF[program]?.has(word) === true;
    if (isValued && rest[at + 1] !== undefined) flags.push(`${word} ${rest[++at]}`);
    else flags.push(word);
  }
  return { flags, file: null };
}
