import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { FileWork } from '../../shared/edit/work.ts';

/** How the application registers a package. */
export interface Registering {
  work: FileWork;
  /** What is registered: `cors`. */
  plugin: SyntaxNode;
  /** Names of its options; null where they are not written down. */
  names: readonly string[] | null;
}

/** Asks for a name of a support file or a package. */
export type Want = (module: string, name: string) => string;

/** A chain on a reply that ends in a member of a package. */
export interface Ending {
  want: Want;
  c: string;
  /** The arguments, with commas. */
  given: readonly Part[];
  /** Whether an error that is thrown here would be caught in the function. */
  isCaught: boolean;
}

/** What becomes of a plugin of a package. */
export interface PackageRule {
  name: string;
  /** What it was called before. */
  formerly?: readonly string[];
  /** The major releases that were looked at, first and last; every one where absent. */
  majors?: readonly [number, number];
  /** It asks only of the application, and runs as it is. */
  stays?: true;
  /** A function of a file of `parity-source` that is registered in its place; without one the registration goes. */
  becomes?: { file: string; name: string };
  /** Why it cannot be, as it is used here; null where it can. */
  against?(use: Registering): string | null;
  /** Packages that the application loads now. */
  dependencies?: Readonly<Record<string, string>>;
  /** Why it cannot run on a Worker; absent where it can. */
  noWorker?: string;
  /** What the user should know of it. */
  note?: string;
  /** Members of the application. */
  app?: readonly string[];
  /** Members of requests that are values. */
  request?: Readonly<Record<string, (want: Want, c: string) => string>>;
  /** Functions of requests and replies that answer nothing: `request.jwtVerify()`. */
  functions?: Readonly<Record<string, { file: string; name: string }>>;
  /** Functions of replies that answer. */
  ends?: (name: string) => ((ending: Ending) => { value: Part[]; how: 'return' | 'throw' }) | null;
}

/** Against options that nobody looked at. */
export const onlyOptions =
  (known: readonly string[]) =>
  ({ names, plugin, work }: Registering): string | null => {
    const own = work.file.text.slice(plugin.start, plugin.end);
    if (names === null) return `the options of \`${own}\` are not written down`;
    const other = names.find((name) => !known.includes(name));
    return other === undefined ? null : `the option \`${other}\` of \`${own}\` has no counterpart here`;
  };
