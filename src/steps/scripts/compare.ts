import { stripVTControlCharacters } from 'node:util';
import type { ScriptRun } from '../run-script.ts';

/** In what two runs of a script differ. */
export interface ScriptDifference {
  kind: 'exit-code' | 'output' | 'file' | 'runtime' | 'time';
  says: string;
}

/** A run with what it left. */
export interface FinishedRun extends ScriptRun {
  /** Its scratch folder, whose path is no difference. */
  folder: string;
  written: ReadonlyMap<string, string>;
}

/**
 * Compares two runs. A script that does not end was not compared, which is said.
 *
 * @param nodeRan arguments of each start of Node on the new side, where Bun was to run
 */
export function compareRuns(
  before: FinishedRun,
  after: FinishedRun,
  { nodeRan, becomes }: { nodeRan: readonly string[]; becomes: string },
): ScriptDifference[] {
  if (before.exitCode === null || after.exitCode === null)
    return [{ kind: 'time', says: 'it does not end by itself, so nothing was compared' }];
  const found: ScriptDifference[] = [];
  const add = (kind: ScriptDifference['kind'], says: string) => void found.push({ kind, says });
  if (before.exitCode !== after.exitCode)
    add('exit-code', `exit code ${before.exitCode} becomes ${after.exitCode}${lastOf(after)}`);
  const [was, is] = [linesOf(before), linesOf(after)];
  const at = was.findIndex((line, index) => line !== is[index]);
  const place = at >= 0 ? at : is.length > was.length ? was.length : -1;
  if (place >= 0)
    add('output', `line ${place + 1} of its output was "${was[place] ?? ''}" and is "${is[place] ?? ''}"`);
  const paths = [...new Set([...before.written.keys(), ...after.written.keys()])].sort();
  const other = paths.filter((path) => before.written.get(path) !== after.written.get(path));
  if (other.length > 0)
    add(
      'file',
      `${other.slice(0, 3).join(', ')}${other.length > 3 ? ` and ${other.length - 3} more` : ''} is another file`,
    );
  // `node` as a word of the command itself was meant.
  if (nodeRan.length > 0 && !/(?:^|[\s;&|(])node(?=\s|$)/.test(becomes))
    add('runtime', `Node ran it, not Bun (node ${nodeRan[0]})`);
  return found;
}

const lastOf = ({ stderr, folder }: FinishedRun): string => {
  const line = normal(stderr, folder).trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : ` (${line})`;
};

const linesOf = ({ stdout, folder }: FinishedRun): string[] => normal(stdout, folder).trimEnd().split('\n');

/** Without colours, the scratch folder's path and how long something took. */
const normal = (text: string, folder: string): string =>
  stripVTControlCharacters(text)
    .replaceAll(folder, '')
    .replace(/\b\d+(?:\.\d+)?\s?(?:ms|s|µs|ns)\b/g, '<time>');
