import { stripVTControlCharacters } from 'node:util';
import { MigrateError } from '../model/errors.ts';
import { type NeededService, neededIn } from './starting/needs.ts';

/** Why a row does not start. */
export interface Reason {
  /** One sentence, without its full stop. */
  sentence: string;
  /** What the application said last. */
  said: string[];
  /** It lacks something that no runtime can give: a server, a variable. */
  needs: boolean;
  /** The server that it lacks. */
  service?: NeededService;
}

/** What finds a compiled addon on the disk, where a bundler stops at it. */
const ADDON_LOADER =
  /cannot be bundled for Workers: \S*node_modules\/(?:@mapbox\/)?(node-pre-gyp|bindings|node-gyp-build|prebuild-install)\//;

/** Frames, a runtime's own version, and code that is quoted. */
const NO_WORDS = /^\s+at |^(?:Node\.js|Bun) v|^\s*\d* ?\||^\s+\w+: |[;{([,]$/;
const OUTPUT = 'Its last output:\n';
const PLACE = /(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])?[^\s()'"]*?\.[cm]?[jt]sx?):(\d+)(?::\d+)?/;

/**
 * The reason in one sentence: from what the process itself said, where it said something, else from the error.
 *
 * @param dirs folders that stand for the user's own in what was said
 * @param variables environment variables that the application's code reads
 */
export function reasonOf(
  error: unknown,
  dirs: readonly string[],
  variables: ReadonlySet<string> = new Set(),
): Reason {
  if (!(error instanceof MigrateError)) throw error;
  const plain = (text: string) => plainly(text, dirs);
  const message = plain(error.message).replace(/\.$/, '');
  const { hint = '' } = error;
  const at = hint.indexOf(OUTPUT);
  const said = (at < 0 ? '' : hint.slice(at + OUTPUT.length))
    .split('\n')
    .map((line) => plain(line).trimEnd())
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/^ {2}/, ''));
  const needed = said.length > 0 ? neededIn(said, variables) : null;
  if (needed !== null) return { ...needed, said, needs: true };
  if (error.code === 'STATE_COMMAND_FAILED') {
    const printed = plain(hint).split(' | ');
    const why = oldCompiler(printed) ?? printed.find((line) => /\berror\b/i.test(line)) ?? printed.at(-1);
    return { sentence: why ? `${message}: ${why.trim()}` : message, said: printed, needs: false };
  }
  if (said.some((line) => line.includes('listen-hook.cjs')) && said.some((line) => /^SyntaxError/.test(line)))
    return {
      sentence: `${message}: it is older than what migrate can start (--today names another)`,
      said,
      needs: false,
    };
  const loader = ADDON_LOADER.exec(message)?.[1];
  if (loader !== undefined)
    return { sentence: `it loads a compiled addon (by ${loader}), which no Worker can`, said, needs: false };
  const own = module(said) ?? firstError(said);
  // Of an application that runs and does not listen, an error it logged may be any.
  if (own !== null && error.code === 'APP_CRASHED') return { sentence: own, said, needs: false };
  if (error.code === 'APP_CRASHED' && said.length > 0) {
    const words = said.filter((line) => /[a-z]{3}/i.test(line) && !NO_WORDS.test(line)).at(-1);
    return { sentence: words ? `${message}: ${words.trim()}` : message, said, needs: false };
  }
  // workerd goes on listening where every request fails.
  if (own !== null && /\(workerd\)/.test(message))
    return { sentence: `no request is answered there: ${own}`, said, needs: false };
  const sentence = own === null ? message : `${message}; it said: ${own}`;
  return { sentence, said, needs: false };
}

/** The first error in what a running application printed, in one sentence; null where there is none. */
export const errorIn = (lines: readonly string[], dirs: readonly string[]): string | null =>
  firstError(lines.map((line) => plainly(line, dirs)));

const plainly = (text: string, dirs: readonly string[]): string =>
  dirs
    .reduce((now, dir) => inside(now, dir), stripVTControlCharacters(text))
    .replace(/(?:\.\.\/)+\S*?node_modules\//g, 'node_modules/')
    .replace(/^migrate-try-worker\.mjs (?=cannot be bundled)/, 'it ');

/** Errors of syntax (TS1…) in a package's own types: they are written for a newer compiler than the one that reads them. */
function oldCompiler(lines: readonly string[]): string | null {
  const syntax = /node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S*\.d\.[cm]?ts\(\d+,\d+\): error TS1\d{3}:/;
  const [, name] = lines.map((line) => syntax.exec(line)).find(Boolean) ?? [];
  return name === undefined ? null : `the TypeScript installed here is older than the types of ${name}`;
}

function module(lines: readonly string[]): string | null {
  for (const line of lines) {
    const found =
      /Cannot find (?:module|package) ['"]([^'"]+)['"]/.exec(line) ??
      /Could not (?:resolve|find)(?: module)?:? ['"]([^'"]+)['"]/.exec(line) ??
      /Module not found ['"]([^'"]+)['"]/.exec(line);
    if (!found?.[1]) continue;
    const [, addon] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/.*\.node$/.exec(found[1]) ?? [];
    if (addon !== undefined) {
      const abi = /\bnode-v\d+\b/.exec(found[1])?.[0];
      return `${addon} is compiled for one version of Node, and there is no build of it for this runtime${abi ? ` (${abi})` : ''}`;
    }
    const from = /(?:from|imported from) ['"]?([^'"\s]+)['"]?/.exec(line)?.[1];
    return `cannot find ${found[1]}${from ? `, which ${from} loads` : ''}`;
  }
  return null;
}

/** The first line that is an error by its form, and the first place in code of the application itself. */
function firstError(all: readonly string[]): string | null {
  // What ended it comes after what it logged: behind the mark under the quoted code, or said to be uncaught.
  const uncaught = all.findLastIndex((line) => /\bUncaught\b/.test(line));
  const quoted = all.findLastIndex((line) => /^\s*\^+\s*$/.test(line));
  const lines = all.slice(Math.max(0, uncaught >= 0 ? uncaught : Math.max(0, quoted - 2)));
  const index = lines.findIndex((line) =>
    /(?:^|\s)(?:Uncaught )?(?:[A-Z]\w*(?:Error|Exception)\b(?: \[[A-Z_]+\])?|[Ee]rror)(?: ?\(.*?\))?: ?\S/.test(
      line,
    ),
  );
  const line = lines[index];
  if (line === undefined) return null;
  const hits = [...lines.slice(index), ...lines.slice(0, index)].flatMap((one) => {
    const hit = PLACE.exec(one);
    return hit === null ? [] : [hit];
  });
  const place = hits.find(([, path = '']) => !/node_modules|^node:|worker\.mjs/.test(path));
  const thrower = packageOf(hits[0]?.[1] ?? '');
  // A list of errors begins in the next line.
  const whole = /:\s*$/.test(line) ? `${line.trim()} ${lines[index + 1]?.trim() ?? ''}` : line;
  const text = whole
    .trim()
    .replace(/^\[?[\d:.,TZ /-]{8,}\]?\s*/, '')
    .replace(/^.*\bremote\.jsg\.(?=\w+Error)/, '')
    .replace(/^service core:user:: (?:Uncaught )?/, '')
    .replace(/^error: (?=Uncaught|[A-Z]\w*Error)/, '')
    .replace(/\.$/, '');
  if (/Disallowed operation called within global scope/.test(text))
    return `it sets a timer, makes a request or asks for random values while it loads, which a Worker cannot${bundled(lines) ?? ''}`;
  const inBundle = bundled(lines);
  const at = place && !text.includes(place[0]) ? `${place[1]}:${place[2]}` : null;
  const where =
    inBundle ?? (at === null ? '' : thrower === null ? ` (${at})` : ` (in ${thrower}, from ${at})`);
  return `${text.length > 220 ? `${text.slice(0, 220)}…` : text}${where}`;
}

/** The package that a file in node_modules belongs to; the last one, where they are nested. */
const packageOf = (path: string): string | null =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;

/** Frames of a bundle name the module they come from: the application's own, and the package it was loading. */
function bundled(lines: readonly string[]): string | null {
  const modules = lines.flatMap(
    (line) => /worker\.mjs:\d+:\d+ in (\S+\.[cm]?[jt]sx?)$/.exec(line)?.[1] ?? [],
  );
  const own = modules.find((path) => !path.includes('node_modules/'));
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(modules[0] ?? '') ?? [];
  if (own === undefined) return name === undefined ? null : ` (in ${name})`;
  return name === undefined ? ` (${own})` : ` (${own} loads ${name})`;
}

/** A folder's own name is not for the reader: what is in it is. */
const inside = (text: string, dir: string): string =>
  text.replaceAll(`file://${dir}/`, '').replaceAll(`${dir}/`, '').replaceAll(dir, '.');
