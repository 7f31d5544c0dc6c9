import { isMap, isScalar, type Node } from 'yaml';
import type { SpanEdit } from '../../src/codemod/contract.ts';
import type { Location } from '../../src/model/location.ts';
import { lineWithComments, readWorkflow, stepsLike, type WorkflowStep } from '../shared/scripts/workflow.ts';

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

const ACTION = 'oven-sh/setup-bun';

/** The jobs of a workflow of GitHub that run scripts of package.json; null where it is no YAML that can be read. */
export function jobsOf(path: string, text: string, scripts: ReadonlyMap<string, string>): Job[] | null {
  const workflow = readWorkflow(path, text, scripts);
  if (workflow === null) return null;
  const { place } = workflow;
  return workflow.jobs.map(({ name, location, list, steps }) => {
    // One on a condition, as of a matrix, is not there for all.
    const setup = steps.find(({ node, uses }) => uses.startsWith(`${ACTION}@`) && !node.has('if'));
    return {
      ...{ ...location, name },
      scripts: new Set(steps.flatMap((step) => [...step.scripts])),
      edits: (version, moved) => {
        const step = steps.find((each) => [...each.scripts].some((script) => moved.has(script)));
        if (!step) return [];
        return setup ? pinned(setup, version, text) : [added(step, version, text)];
      },
      problem: (version) => {
        if (list.flow)
          return { reason: 'its steps are written in one line', location: place(list.range?.[0] ?? 0) };
        return setup ? notPinnable(setup, version, place) : null;
      },
    };
  });
}

/** A step before the first that needs it, indented as that one is. */
function added({ start }: WorkflowStep, version: string, text: string): SpanEdit {
  const at = lineWithComments(text, start);
  const step = stepsLike(start, [[`uses: ${ACTION}@v2`, 'with:', `  bun-version: ${version}`]], text);
  return { span: { start: at, end: at }, text: step, rule: 'ci/setup' };
}

const versionOf = ({ node }: WorkflowStep): Node | undefined => {
  const given = node.get('with');
  const value = isMap(given) ? given.get('bun-version', true) : undefined;
  return value as Node | undefined;
};

/** A version that floats becomes exact. */
function pinned(setup: WorkflowStep, version: string, text: string): SpanEdit[] {
  const value = versionOf(setup);
  const [start, end] = value?.range ?? [0, 0];
  const written = text.slice(start, end);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const wanted = `${quote}${version}${quote}`;
  return written === wanted ? [] : [{ span: { start, end }, text: wanted, rule: 'ci/pin' }];
}

function notPinnable(
  setup: WorkflowStep,
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
