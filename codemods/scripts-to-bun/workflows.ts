import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import type { SpanEdit } from '../../src/codemod/contract.ts';
import type { Location } from '../../src/model/location.ts';
import { lineEnding } from '../../src/workspace/text.ts';
import { reachedFrom, scriptsRun } from './callers.ts';

/** A job that runs scripts, as far as its Bun is concerned. */
export interface Job extends Location {
  name: string;
  /** Every script that it runs, directly or through others. */
  scripts: ReadonlySet<string>;
  /** What gives it the Bun; empty where it has that one already. */
  edits(version: string, moved: ReadonlySet<string>): SpanEdit[];
  /** Why it cannot be given one, for a place that was looked at; null where it can. */
  problem(version: string): { reason: string; location: Location } | null;
}

export const isWorkflow = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

interface Step {
  node: YAMLMap;
  start: number;
  uses: string;
  run: ReadonlySet<string>;
}

const ACTION = 'oven-sh/setup-bun';

/** The jobs of a workflow of GitHub that run scripts of package.json; null where it is no YAML that can be read. */
export function jobsOf(path: string, text: string, scripts: ReadonlyMap<string, string>): Job[] | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) return null;
  const place = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line, column: col };
  };
  const jobs = document.get('jobs');
  if (!isMap(jobs)) return [];
  return jobs.items.flatMap(({ key, value }): Job[] => {
    const all = isMap(value) ? value.get('steps') : null;
    if (!isSeq(all)) return [];
    const known = new Set(scripts.keys());
    const steps = all.items.flatMap((node): Step[] => {
      if (!isMap(node)) return [];
      const run = String(node.get('run') ?? '');
      const direct = run.split('\n').flatMap((line) => [...scriptsRun(line, known)]);
      const start = node.range?.[0] ?? 0;
      return [{ node, start, uses: String(node.get('uses') ?? ''), run: reachedFrom(direct, scripts) }];
    });
    const setup = steps.find(({ uses }) => uses.startsWith(`${ACTION}@`));
    const first = (moved: ReadonlySet<string>) =>
      steps.find(({ run }) => [...run].some((name) => moved.has(name)));
    return [
      {
        ...place((key as Node).range?.[0] ?? 0),
        name: String(isScalar(key) ? key.value : key),
        scripts: new Set(steps.flatMap(({ run }) => [...run])),
        edits: (version, moved) => {
          const step = first(moved);
          if (!step) return [];
          return setup ? pinned(setup, version, text) : [added(step, version, text)];
        },
        problem: (version) => {
          if (all.flow)
            return { reason: 'its steps are written in one line', location: place(all.range?.[0] ?? 0) };
          return setup ? notPinnable(setup, version, place) : null;
        },
      },
    ];
  });
}

/** A step before the first that needs it, indented as that one is. */
function added({ start }: Step, version: string, text: string): SpanEdit {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const dash = text.slice(line, start).search(/-\s*$/);
  const indent = text.slice(line, line + Math.max(0, dash));
  const gap = text.slice(line + dash + 1, start);
  const inner = `${indent} ${gap}`;
  const end = lineEnding(text);
  const step = [
    `${indent}-${gap}uses: ${ACTION}@v2`,
    `${inner}with:`,
    `${inner}  bun-version: ${version}`,
    '',
  ].join(end);
  const at = line - commentsBefore(text.slice(0, line));
  return { span: { start: at, end: at }, text: step, rule: 'ci/setup' };
}

/** Length of the comment lines at the end of a text: what is said of a step stays with it. */
function commentsBefore(text: string): number {
  const lines = text.split('\n').slice(0, -1);
  const first = lines.findLastIndex((line) => !/^\s*#/.test(line)) + 1;
  return lines.slice(first).reduce((sum, line) => sum + line.length + 1, 0);
}

const versionOf = ({ node }: Step): Node | undefined => {
  const given = node.get('with');
  const value = isMap(given) ? given.get('bun-version', true) : undefined;
  return value as Node | undefined;
};

/** A version that floats becomes exact. */
function pinned(setup: Step, version: string, text: string): SpanEdit[] {
  const value = versionOf(setup);
  const [start, end] = value?.range ?? [0, 0];
  const written = text.slice(start, end);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const wanted = `${quote}${version}${quote}`;
  return written === wanted ? [] : [{ span: { start, end }, text: wanted, rule: 'ci/pin' }];
}

function notPinnable(
  setup: Step,
  version: string,
  place: (offset: number) => Location,
): { reason: string; location: Location } | null {
  const value = versionOf(setup);
  if (!isScalar(value))
    return { reason: `it sets Bun up without \`bun-version: ${version}\``, location: place(setup.start) };
  const text = String(value.value);
  if (/^\d+\.\d+\.\d+$/.test(text) && text !== version)
    return {
      reason: `it has Bun ${text}, and the scripts were compared on ${version}`,
      location: place(value.range?.[0] ?? setup.start),
    };
  return /\$\{\{/.test(text)
    ? { reason: `its Bun is \`${text}\``, location: place(value.range?.[0] ?? setup.start) }
    : null;
}
