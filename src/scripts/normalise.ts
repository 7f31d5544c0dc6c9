import { stripVTControlCharacters } from 'node:util';

/** Folders of one run: two runs of one script stand in two places. */
export interface Places {
  /** The copy's folder, as it is and with links resolved. */
  dirs: readonly string[];
  temporary: readonly string[];
}

const UNIT = '(?:ms|milliseconds?|s|secs?|seconds?|min|minutes?|µs|μs|us|ns)';
/** What differs between any two runs, and the word that stands for it. */
const PASSING: readonly [RegExp, string][] = [
  [/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/g, '<time>'],
  [/\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?:\s?[AP]M)?/g, '<time>'],
  [/\b1[5-9]\d{11}\b/g, '<time>'],
  [new RegExp(`(?<![\\w.])\\d+(?:[.,]\\d+)?\\s?${UNIT}\\b`, 'g'), '<duration>'],
  [/\b(pid)([\s:=#]+)\d+/gi, '$1$2<pid>'],
  [/((?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):)\d+/g, '$1<port>'],
  [/\b(port)([\s:=]+)\d+/gi, '$1$2<port>'],
];
/** Node's own warnings and their hint: no output of the script. */
const RUNTIME_WARNING =
  /^\(node:\d+\) .*$|^\(Use `node --trace-[\w-]+ \.\.\.` to show where the warning was created\)$/;

/** A text as it would be in any run: paths, times, durations, pids and ports replaced by words. */
export function normalise(text: string, { dirs, temporary }: Places): string {
  let now = stripVTControlCharacters(text).replaceAll('\r\n', '\n');
  for (const dir of dirs.toSorted((a, b) => b.length - a.length)) now = now.replaceAll(dir, '<dir>');
  for (const dir of temporary) now = now.replaceAll(dir, '<temporary>');
  for (const [pattern, word] of PASSING) now = now.replace(pattern, word);
  return now;
}

/**
 * The lines of an output that are the script's own: without what its runner says about it (`$ tsc -p .`, `error: script
 * "build" exited with code 1`), without Node's warnings and empty lines at the end.
 *
 * @param commands texts of package.json's scripts, which `bun run` prints before it runs them
 */
export function ownLines(output: string, commands: ReadonlySet<string>): string[] {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const own = lines.filter(
    (line) =>
      !(line.startsWith('$ ') && commands.has(line.slice(2))) &&
      !/^error: script "[^"]+" (?:exited with code \d+|was terminated by signal \w+)/.test(line) &&
      !RUNTIME_WARNING.test(line),
  );
  while (own.at(-1) === '') own.pop();
  return own;
}
