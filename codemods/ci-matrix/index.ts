import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { scriptTexts } from '../shared/scripts/manifest-scripts.ts';
import { isWorkflow, readWorkflow } from '../shared/scripts/workflow.ts';
import { matrixOf, runsOn } from './matrix.ts';
import { newRuntime } from './runtime.ts';
import { testsIn } from './tests.ts';

const ID = 'ci-matrix';
const codemod: Codemod = {
  id: ID,
  title: 'CI on both runtimes',
  from: 'node',
  to: 'bun, deno',
  description:
    'Jobs of GitHub workflows that run the tests run them on the new runtime as well, pinned to an exact version.',
  options: [
    {
      name: 'runtime',
      description: 'the new runtime with its exact version, as bun@1.4.5',
      required: true,
      default: '',
    },
  ],
  prefilter: /^\s*jobs\s*:/m,
  chooses: true,
  unit: 'job',
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const runtime = newRuntime(String(input.options.runtime ?? ''));
  const edits = new Map<string, SpanEdit[]>();
  const [outcomes, leftForYou]: [Outcome[], LeftForYou[]] = [[], []];
  const scripts = scriptTexts((await input.read('package.json')) ?? '');
  for (const path of (input.chosen ?? input.paths).filter(isWorkflow)) {
    const text = await input.read(path);
    const workflow = text === null ? null : readWorkflow(path, text, scripts);
    if (text === null || workflow === null) continue;
    for (const job of workflow.jobs) {
      const tests = runsOn(job, runtime) ? null : testsIn(job, scripts, runtime);
      if (tests === null) continue;
      const found = 'reason' in tests ? tests : matrixOf(job, tests, runtime, text);
      const place = 'reason' in found ? workflow.place(found.at) : job.location;
      if ('reason' in found) {
        outcomes.push({ ...place, name: job.name, outcome: 'kept', reason: found.reason });
        leftForYou.push({ ...place, codemod: ID, rule: 'job', reason: `${job.name}: ${found.reason}` });
        continue;
      }
      outcomes.push({ ...place, name: job.name, outcome: 'converted' });
      edits.set(path, [...(edits.get(path) ?? []), ...found.edits]);
    }
  }
  const changed = outcomes.filter(({ outcome }) => outcome === 'converted').map(({ name }) => name);
  return {
    ...{ edits, created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
    ...{ outcomes, leftForYou, limits: [] },
    next: changed.map(
      (name) =>
        `A rule of the branch that asks for the check "${name}" must ask for "${name} (node)" and "${name} (${runtime.name})".`,
    ),
  };
}
