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
  let rest = all;
  for (;;) {
    const first = rest[0];
    if (first === undefined) return null;
    if (/^[A-Za-z_]\w*=/.test(first)) rest = rest.slice(1);
    else if (WRAPPERS.has(first)) rest = skipOptions(rest.slice(1));
    else if (first === '--') rest = rest.slice(1);
    else if ((first === 'pnpm' || first === 'yarn') && (rest[1] === 'exec' || rest[1] === 'dlx'))
      rest = rest.slice(2);
    else return { program: first.slice(first.lastIndexOf('/') + 1), args: rest.slice(1) };
  }
}

function skipOptions(args: string[]): string[] {
  let at = 0;
  while (args[at]?.startsWith('-') && args[at] !== '--') {
    // `npx --package x`, `dotenv -e .env`, `c8 --reporter lcov`: an option with a value.
    at += /^(-p|--package|-e|-f|--file|-r|--reporter|-x|--exclude|-n|--include|--src)$/.test(args[at] ?? '')
      ? 2
      : 1;
  }
  return args.slice(at);
}

/** Splits at `&&`, `||`, `;`, `|`, `&` and line ends outside quotes. */
function splitCommands(command: string): string[] {
  const parts: string[] = [];
  let current = '';
  let quote = '';
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at);
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '\\') {
      current += char + command.charAt(++at);
      continue;
    } else if (/[;&|\n]/.test(char) && command.charAt(at - 1) !== '>') {
      parts.push(current);
      current = '';
      continue;
    }
    current += char;
  }
  return [...parts, current].map((part) => part.trim()).filter(Boolean);
}

/** Words of one simple command. */
export function words(command: string): string[] {
  const found: string[] = [];
  for (const match of command.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)) {
    found.push(
      match[0].replace(
        /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
        (_, double, single, escaped) => double?.replace(/\\(.)/g, '$1') ?? single ?? escaped,
      ),
    );
  }
  return found;
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
]);
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
    if (VALUED.has(word) && rest[at + 1] !== undefined) flags.push(`${word} ${rest[++at]}`);
    else flags.push(word);
  }
  return { flags, file: null };
}
