import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Location } from '../../../src/model/location.ts';
import { lineEnding } from '../../../src/workspace/text.ts';
import { reachedFrom, scriptsRun } from './callers.ts';

/** A step of a job. */
export interface WorkflowStep {
  node: YAMLMap;
  /** Where its first key stands, behind the dash. */
  start: number;
  /** The action, with its version: `actions/checkout@v4`; empty where it runs commands. */
  uses: string;
  /** The commands; empty where it uses an action. */
  command: string;
  /** Every script of package.json that it runs, directly or through others. */
  scripts: ReadonlySet<string>;
}

/** A job with steps of its own. */
export interface WorkflowJob {
  name: string;
  location: Location;
  node: YAMLMap;
  list: YAMLSeq;
  steps: readonly WorkflowStep[];
}

/** A workflow of GitHub, with places of what stands in it. */
export interface Workflow {
  jobs: readonly WorkflowJob[];
  place(offset: number): Location;
}

export const isWorkflow = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

/** Reads the jobs of a workflow; null where it is no YAML that can be read. */
export function readWorkflow(
  path: string,
  text: string,
  scripts: ReadonlyMap<string, string>,
): Workflow | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) return null;
  const place = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line, column: col };
  };
  const jobs = document.get('jobs');
  if (!isMap(jobs)) return { jobs: [], place };
  const known = new Set(scripts.keys());
  return {
    place,
    jobs: jobs.items.flatMap(({ key, value }): WorkflowJob[] => {
      const list = isMap(value) ? value.get('steps') : null;
      if (!isMap(value) || !isSeq(list)) return [];
      const steps = list.items.flatMap((node): WorkflowStep[] => {
        if (!isMap(node)) return [];
        const command = String(node.get('run') ?? '');
        const direct = command.split('\n').flatMap((line) => [...scriptsRun(line, known)]);
        return [
          {
            ...{ node, start: node.range?.[0] ?? 0, command },
            uses: String(node.get('uses') ?? ''),
            scripts: reachedFrom(direct, scripts),
          },
        ];
      });
      return [
        {
          ...{ name: String(isScalar(key) ? key.value : key), node: value, list, steps },
          location: place((key as Node).range?.[0] ?? 0),
        },
      ];
    }),
  };
}

/** Steps written as the one that begins at an offset is, each line of them without its indentation. */
export function stepsLike(start: number, steps: readonly (readonly string[])[], text: string): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const dash = Math.max(0, text.slice(line, start).search(/-\s*$/));
  const indent = text.slice(line, line + dash);
  const gap = text.slice(line + dash + 1, start);
  const end = lineEnding(text);
  return steps
    .flatMap((lines) => lines.map((each, at) => `${indent}${at === 0 ? `-${gap}` : ` ${gap}`}${each}`))
    .map((each) => `${each}${end}`)
    .join('');
}

/** The start of the line at an offset, or of the comment lines right above it: what is said of something stays with it. */
export function lineWithComments(text: string, offset: number): number {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const above = text.slice(0, line).split('\n').slice(0, -1);
  const first = above.findLastIndex((each) => !/^\s*#/.test(each)) + 1;
  return line - above.slice(first).reduce((sum, each) => sum + each.length + 1, 0);
}
