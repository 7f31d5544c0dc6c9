import type { RunningApp } from '../../runtimes/index.ts';

type Files = RunningApp['environment'];

/** Names shown of one file; a file of many says how many more. */
const MOST = 20;

/** What a report may hold of environment files: names, never values or what is made of them. */
export const namesOf = (files: Files): { file: string; variables: string[] }[] =>
  files.map(({ file, variables }) => ({ file, variables: variables.map(({ name }) => name) }));

/**
 * One sentence for each environment file that only one side reads names from, and one for names that both have with
 * different values. Empty when both sides get the same.
 */
export function environmentDifferences(old: Files, next: Files): string[] {
  const [mine, other] = [valuesOf(old), valuesOf(next)];
  return [
    ...alone('old', old, other),
    ...alone('new', next, mine),
    ...[...mine].flatMap(([name, value]) => {
      const there = other.get(name);
      if (!there || there.digest === value.digest) return [];
      const files =
        value.file === there.file ? `both from ${value.file}` : `from ${value.file} and ${there.file}`;
      return [`The sides read different values of ${name}, ${files}.`];
    }),
  ];
}

function alone(side: 'old' | 'new', files: Files, elsewhere: ReturnType<typeof valuesOf>): string[] {
  return files.flatMap(({ file, variables }) => {
    const names = variables.map(({ name }) => name).filter((name) => !elsewhere.has(name));
    if (names.length === 0) return [];
    const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
    return [`The ${side} side alone reads ${file}: ${names.slice(0, MOST).join(', ')}${more}.`];
  });
}

function valuesOf(files: Files): Map<string, { file: string; digest: string }> {
  return new Map(
    files.flatMap(({ file, variables }) =>
      variables.map(({ name, digest }) => [name, { file, digest }] as const),
    ),
  );
}
