import type { Random } from './random.ts';

/** How a program is written. */
export interface Style {
  express: 4 | 5;
  esm: boolean;
  typescript: boolean;
  /** Several files, or one. */
  many: boolean;
}

/** A place that a request can go to. */
export interface Target {
  method: string;
  path: string;
}

/** A file while it is written: what it imports of its own, its statements, and what it exports. */
export interface Source {
  path: string;
  head: string[];
  body: string[];
}

/** A program while it is written. */
export interface Making {
  random: Random;
  style: Style;
  sources: Source[];
  /** The file that is being written. */
  open: Source;
  targets: Target[];
  /** Names given so far. */
  count: number;
  /** Whether an earlier middleware reads cookies. */
  cookies: boolean;
  /** Cookies that the program sets are sent back. */
  jar: boolean;
  /** Packages besides Express. */
  packages: Set<string>;
}

/** What a piece of code inside a handler can name. */
export interface Scope {
  req: string;
  res: string;
  /** Null where the function takes none. */
  next: string | null;
  async: boolean;
  /** Local variables that hold something JSON can carry. */
  values: readonly string[];
  /** The parameter of a callback that holds an error. */
  error?: string;
  /** Parameters of the path. */
  params: readonly string[];
  /** What is thrown here reaches nobody: it would end the process. */
  uncaught: boolean;
  /** How much deeper code may nest. */
  depth: number;
}

export const fresh = (making: Making, stem: string): string => {
  making.count += 1;
  return `${stem}${making.count}`;
};

/** Names that a converted program could want for itself; each at most once in a program. */
const WANTED = [
  ...['c', 'ctx', 'context', 'resolve', 'reject', 'answer', 'result', 'body', 'send', 'status', 'response'],
  ...[
    'request',
    'hono',
    'Hono',
    'stream',
    'bridge',
    'locals',
    'query',
    'json',
    'error',
    'redirect',
    'cookie',
  ],
];

/** A name for a local variable, now and then one that the converted program could want. */
export function variable(making: Making, scope: Scope): string {
  const taken = new Set([scope.req, scope.res, scope.next, scope.error, ...scope.values]);
  const wanted = making.random.pick(WANTED);
  return making.random.chance(0.25) && !taken.has(wanted) ? wanted : fresh(making, 'value');
}

/** Begins a file, and writes it in the place of the one that is open. */
export function inFile<T>(making: Making, path: string, write: (source: Source) => T): T {
  const source: Source = { path, head: [], body: [] };
  const before = making.open;
  making.sources.push(source);
  making.open = source;
  try {
    return write(source);
  } finally {
    making.open = before;
  }
}

/** The types of a handler's parameters, in TypeScript. */
const TYPES = { req: 'Request', res: 'Response', next: 'NextFunction', err: 'any' } as const;

/** One parameter of a function, with its type in TypeScript. */
export const parameter = (making: Making, kind: keyof typeof TYPES, name: string): string =>
  making.style.typescript ? `${name}: ${TYPES[kind]}` : name;

/** `name: any` in TypeScript. */
export const loose = (making: Making, name: string): string =>
  making.style.typescript ? `${name}: any` : name;

export const extension = ({ style }: Making): string => (style.typescript ? 'ts' : 'js');

/** How one file names another. */
export function specifier(making: Making, from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1) || './';
  const bare = to.replace(/\.\w+$/, '');
  return making.style.esm ? `${up}${bare}.${extension(making)}` : `${up}${bare}`;
}

/** Indents the lines of a block. */
export const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
