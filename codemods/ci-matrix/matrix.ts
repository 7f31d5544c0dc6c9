import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { SpanEdit } from '../../src/codemod/contract.ts';
import { lineEnding } from '../../src/workspace/text.ts';
import {
  lineWithComments,
  stepsLike,
  type WorkflowJob,
  type WorkflowStep,
} from '../shared/scripts/workflow.ts';
import type { New } from './runtime.ts';
import type { TestStep } from './tests.ts';

const AXIS = 'runtime';

/**
 * Makes a matrix of a job: on Node it is what it was, on the new runtime it prepares as before and runs the tests. What
 * comes after the tests (artifacts, a release) happens once, on Node.
 */
export function matrixOf(
  job: WorkflowJob,
  tests: readonly TestStep[],
  runtime: New,
  text: string,
): { edits: SpanEdit[] } | { reason: string; at: number } {
  const matrix = matrixIn(job);
  const why = unfit(job, matrix);
  if (why !== null) return why;
  const last = job.steps.indexOf(tests.at(-1)?.step as WorkflowStep);
  const onNode = [...tests.map(({ step }) => step), ...job.steps.slice(last + 1)];
  const conditional = onNode.find(({ node }) => node.has('if'));
  if (conditional) return { reason: 'a step has a condition of its own', at: conditional.start };
  const isSetUp = job.steps
    .slice(0, last)
    .some(
      ({ node, uses }) =>
        uses.startsWith(`${runtime.action}@`) &&
        !node.has('if') &&
        versionIn(node, runtime) === runtime.version,
    );
  const edits = [axisEdit(job, matrix, runtime, text)];
  for (const step of onNode) {
    edits.push({
      span: { start: step.start, end: step.start },
      text: `if: matrix.${AXIS} == 'node'${lineEnding(text)}${indentOf(step.start, text)}`,
      rule: 'condition',
    });
    const test = tests.find((each) => each.step === step);
    if (!test) continue;
    const at = endOfLine(step, text);
    const isNew = `if: matrix.${AXIS} == '${runtime.name}'`;
    const setUp = [isNew, `uses: ${runtime.action}@v2`, 'with:', `  ${runtime.input}: ${runtime.version}`];
    const steps = [...(isSetUp || test !== tests[0] ? [] : [setUp]), [isNew, `run: ${test.command}`]];
    const missing = text[at - 1] === '\n' ? '' : lineEnding(text);
    edits.push({
      span: { start: at, end: at },
      text: missing + stepsLike(step.start, steps, text),
      rule: 'tests',
    });
  }
  return { edits: edits.sort((a, b) => a.span.start - b.span.start) };
}

const matrixIn = ({ node }: WorkflowJob): unknown => {
  const strategy = node.get('strategy');
  return isMap(strategy) ? strategy.get('matrix') : undefined;
};

/** Whether a job has that matrix already. */
export function runsOn(job: WorkflowJob, { name }: New): boolean {
  const matrix = matrixIn(job);
  const axis = isMap(matrix) ? matrix.get(AXIS) : undefined;
  return isSeq(axis) && axis.items.some((item) => isScalar(item) && item.value === name);
}

/** What a job has that a matrix would give another meaning. */
function unfit(job: WorkflowJob, matrix: unknown): { reason: string; at: number } | null {
  const at = (node: unknown) => (node as Node | undefined)?.range?.[0] ?? job.list.range?.[0] ?? 0;
  const { node, list } = job;
  if (list.flow || job.steps.some((step) => step.node.flow))
    return { reason: 'its steps are written in one line', at: at(list) };
  if (node.has('outputs'))
    return { reason: 'other jobs read its outputs, which several would write', at: at(list) };
  if (node.has('concurrency'))
    return { reason: 'its `concurrency` would stop one of two jobs', at: at(node.get('concurrency', true)) };
  if (matrix === undefined) {
    const strategy = node.get('strategy', true);
    return strategy === undefined ? null : { reason: 'its `strategy` has no matrix', at: at(strategy) };
  }
  if (!isMap(matrix) || matrix.flow)
    return { reason: 'its matrix is not written out as a block', at: at(matrix) };
  const special = ['include', 'exclude', AXIS].find((key) => matrix.has(key));
  return special ? { reason: `its matrix has \`${special}\``, at: at(matrix) } : null;
}

/** One axis more, or the matrix with it. */
function axisEdit(job: WorkflowJob, matrix: unknown, runtime: New, text: string): SpanEdit {
  const end = lineEnding(text);
  const axis = `${AXIS}: [node, ${runtime.name}]`;
  if (isMap(matrix)) {
    const first = keyOf(matrix.items[0]);
    const lines = `${axis}${end}${indentOf(first, text)}`;
    return { span: { start: first, end: first }, text: lines, rule: 'matrix' };
  }
  const steps = keyOf(job.node.items.find(({ key }) => isScalar(key) && key.value === 'steps'));
  const at = lineWithComments(text, steps);
  const indent = indentOf(steps, text);
  const lines = ['strategy:', '  fail-fast: false', '  matrix:', `    ${axis}`];
  return {
    span: { start: at, end: at },
    text: lines.map((line) => `${indent}${line}${end}`).join(''),
    rule: 'matrix',
  };
}

const keyOf = (pair: Pair | undefined): number => (pair?.key as Node | undefined)?.range?.[0] ?? 0;

/** As many spaces as stand a key's column to the left. */
const indentOf = (start: number, text: string): string =>
  ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));

/** Behind the line in which a step ends. */
function endOfLine({ node }: WorkflowStep, text: string): number {
  const last = node.items.at(-1)?.value as Node | null | undefined;
  const end = last?.range?.[1] ?? node.range?.[1] ?? 0;
  const line = text.indexOf('\n', Math.max(0, end - 1));
  return line < 0 ? text.length : line + 1;
}

function versionIn(node: YAMLMap, { input }: New): string | null {
  const given = node.get('with');
  const value = isMap(given) ? given.get(input) : undefined;
  return value === undefined ? null : String(value);
}
