import type { ComparedScript, Ran, ScriptDifference } from '../model/scripts.ts';
import type { Done } from './run.ts';
import { countOf, testDifferences } from './tests.ts';

type Verdict = Pick<ComparedScript, 'outcome' | 'reason' | 'differences' | 'notes'>;

const MOST_SHOWN = 160;

/** What no comparison can be made of, one sentence; null where there is something to hold the other run against. */
export function unusable({ run }: Done): string | null {
  if (run.stoppedAfter !== null) return `it did not end within ${run.stoppedAfter / 1000} s today`;
  if (run.exitCode !== 0) return `it fails today, with exit code ${run.exitCode ?? 'none'}`;
  if (run.tests !== null && countOf(run.tests) === 0) return 'it ran 0 tests today, and that proves nothing';
  return null;
}

/**
 * Holds a run on Bun against one of today.
 *
 * @param isTest a test runner: which tests ran is compared in place of what it printed
 * @param again a second run of today, where the first one differed from Bun's: what differs between the two is noise
 */
export function judge(today: Done, bun: Done, isTest: boolean, again: Done | null): Verdict {
  const notes: string[] = [];
  const differences: ScriptDifference[] = [];
  const say = (kind: ScriptDifference['kind'], sentence: string) => differences.push({ kind, sentence });
  if (bun.run.stoppedAfter !== null)
    say('exit', `it did not end within ${bun.run.stoppedAfter / 1000} s on Bun`);
  else if (today.run.exitCode !== bun.run.exitCode)
    say('exit', `exit code ${today.run.exitCode ?? 'none'} today, ${bun.run.exitCode ?? 'none'} on Bun`);
  if (isTest) {
    for (const sentence of testsOf(today, bun)) say('tests', sentence);
  } else {
    for (const [stream, old, next, other] of [
      ['stdout', today.out, bun.out, again?.out],
      ['stderr', today.err, bun.err, again?.err],
    ] as const) {
      const found = outputDifference(old, next, other);
      if (found === 'order') notes.push(`${stream} has the same lines in another order`);
      else if (found === 'noise')
        notes.push(`lines of ${stream} that differ from run to run on Node were not compared`);
      else if (found !== null) say('output', `${stream}: ${found}`);
    }
  }
  const files = fileDifferences(today, bun, again);
  for (const sentence of files.differ) say('files', sentence);
  if (files.noise.length > 0)
    notes.push(`written otherwise at each run on Node, so not compared: ${files.noise.join(', ')}`);
  for (const sentence of wrongRuntime(today.run.ran, bun.run.ran)) say('runtime', sentence);
  return { outcome: differences.length > 0 ? 'differs' : 'same', reason: null, differences, notes };
}

function testsOf({ run: today }: Done, { run: bun }: Done): string[] {
  if (today.tests === null) return ['which tests ran today could not be read'];
  if (bun.tests === null) return ['which tests ran on Bun could not be read'];
  if (countOf(bun.tests) === 0) return [`${countOf(today.tests)} tests ran today and none on Bun`];
  return testDifferences(today.tests, bun.tests);
}

/** The first line that differs; `order` and `noise` are no difference of the runtimes. */
function outputDifference(
  old: readonly string[],
  next: readonly string[],
  again: readonly string[] | undefined,
): string | null {
  const at = firstDifference(old, next);
  if (at === null) return null;
  if (firstDifference(old.toSorted(), next.toSorted()) === null) return 'order';
  if (again && again.length === old.length && next.length === old.length) {
    const real = old.findIndex((line, index) => line !== next[index] && line === again[index]);
    if (real === -1) return 'noise';
    return shown(old[real], next[real]);
  }
  return shown(old[at], next[at]);
}

const shown = (old: string | undefined, next: string | undefined): string => {
  const cut = (line: string | undefined) =>
    line === undefined
      ? 'nothing more'
      : `“${line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line}”`;
  return `${cut(old)} today, ${cut(next)} on Bun`;
};

function firstDifference(old: readonly string[], next: readonly string[]): number | null {
  for (let at = 0; at < Math.max(old.length, next.length); at++) if (old[at] !== next[at]) return at;
  return null;
}

function fileDifferences({ files: old }: Done, { files: next }: Done, again: Done | null) {
  const [differ, noise]: [string[], string[]] = [[], []];
  for (const path of new Set([...old.keys(), ...next.keys()])) {
    const [then, now] = [old.get(path), next.get(path)];
    if (then === now) continue;
    const other = again?.files.get(path);
    if (again !== null && then !== other && then !== undefined && now !== undefined) noise.push(path);
    else if (now === undefined)
      differ.push(`${path} is ${then === null ? 'removed' : 'written'} today and not on Bun`);
    else if (then === undefined)
      differ.push(`${path} is ${now === null ? 'removed' : 'written'} on Bun and not today`);
    else differ.push(`${path} holds something else when Bun has written it`);
  }
  return { differ, noise };
}

/** What still ran on Node, as its processes said themselves. */
function wrongRuntime(today: readonly Ran[], bun: readonly Ran[]): string[] {
  const real = (all: readonly Ran[]) => all.filter(({ starter }) => !starter);
  const onNode = real(bun).filter(({ runtime }) => runtime !== 'bun');
  if (onNode.length > 0) {
    const names = [...new Set(onNode.map(({ file }) => file ?? 'code in the command itself'))];
    const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
    return [`\`bun run\` started Node, which ran ${names.slice(0, 3).join(', ')}${more}`];
  }
  if (real(today).length > 0 && real(bun).length === 0)
    return ['which runtime ran could not be seen: no process of Bun came to say so'];
  return [];
}
