import type { Codemod, CodemodOption, OptionValue } from '../../codemod/contract.ts';
import type { ChangeSet } from '../../model/changeset.ts';
import { plural } from '../../report/format.ts';
import type { Io } from '../../report/io.ts';
import { select } from './prompt.ts';

/**
 * Asks on the terminal for a codemod's options that are a choice of its user and were not given, each answer with what it
 * costs here, as a dry run of it says. Nothing is asked where the answers make no difference, or where an earlier run has
 * decided.
 *
 * @param propose a dry run with these options
 * @returns the options, with the answers
 * @throws MigrateError (exit 130) on Ctrl-C
 */
export async function askOptions(
  io: Io,
  codemod: Codemod,
  given: Readonly<Record<string, OptionValue>>,
  propose: (options: Record<string, OptionValue>) => Promise<ChangeSet>,
): Promise<Record<string, OptionValue>> {
  const answers = { ...given };
  for (const option of codemod.options) {
    if (option.ask === undefined || option.name in answers) continue;
    const runs = await dryRuns(option, (value) => propose({ ...answers, [option.name]: value }));
    io.progress(null);
    if (runs === null) continue;
    answers[option.name] = await select(
      io,
      option.ask,
      runs.map(({ value, changeSet }) => ({ value, name: `${value}  (${costs(changeSet)})` })),
      String(option.default),
    );
  }
  return answers;
}

/** A run for each value, the default first; null where there is nothing to choose. */
async function dryRuns(option: CodemodOption, run: (value: string) => Promise<ChangeSet>) {
  const values = [...(option.values ?? [])].sort(
    (a, b) => Number(b === option.default) - Number(a === option.default),
  );
  const runs: { value: string; changeSet: ChangeSet }[] = [];
  for (const value of values) {
    const changeSet = await run(value);
    const changes = changeSet.files.some(({ oldText, newText }) => oldText !== newText);
    if (!changes || changeSet.continues !== undefined) return null;
    runs.push({ value, changeSet });
  }
  return runs;
}

/** What a change costs: lines beside the application's own, dependencies, and differences that clients will see. */
export function costs({ files, leftOut = [] }: ChangeSet): string {
  const lines = files
    .filter(({ status }) => status === 'created')
    .reduce((sum, { newText }) => sum + (newText?.trimEnd().split('\n').length ?? 0), 0);
  const [added, removed] = dependencies(files);
  const announced = leftOut.flatMap(({ differences }) => differences.filter(({ follows }) => !follows));
  const places = new Set(announced.map(({ location, kind = '' }) => `${location} ${kind}`));
  return [
    `${plural(lines, 'generated line')}`,
    `${plural(added, 'dependency', 'dependencies')} more, ${removed} less`,
    places.size === 0 ? 'no difference' : `${plural(places.size, 'kind')} of differences announced`,
  ].join(', ');
}

function dependencies(files: ChangeSet['files']): [added: number, removed: number] {
  const changed = files.filter(({ path }) => /(^|\/)package\.json$/.test(path));
  const namesIn = (text: string | null): string[] => {
    const manifest: { dependencies?: object } = JSON.parse(text ?? '{}');
    return Object.keys(manifest.dependencies ?? {});
  };
  const pairs = changed
    .filter(({ oldText, newText }) => oldText !== newText)
    .map(({ oldText, newText }) => [namesIn(oldText), namesIn(newText)] as const);
  const count = (pick: 0 | 1) =>
    pairs.reduce(
      (sum, pair) => sum + pair[pick].filter((name) => !pair[pick === 0 ? 1 : 0].includes(name)).length,
      0,
    );
  return [count(1), count(0)];
}
