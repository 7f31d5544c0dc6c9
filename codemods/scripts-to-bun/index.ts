import type { Codemod, CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { type ScriptProofs, scriptProofs } from '../../src/workspace/evidence/script-comparisons.ts';
import { type Caller, callersIn, placeOf } from '../shared/scripts/callers.ts';
import { isWorkflow } from '../shared/scripts/workflow.ts';
import { assertProduction, decide } from './decide.ts';
import { MANIFEST, type Script, scriptsOf } from './manifest.ts';
import { type Job, jobsOf } from './workflows.ts';

const ID = 'scripts-to-bun';

const codemod: Codemod = {
  id: ID,
  title: 'Package scripts to Bun',
  from: 'node',
  to: 'bun',
  description:
    'Scripts of package.json that did the same on Bun when `migrate scripts compare` ran them, and the Bun that CI needs for them.',
  options: [],
  prefilter: /"scripts"\s*:/,
  chooses: true,
  unit: 'script',
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const output = emptyOutput();
  const isChosen = input.chosen === undefined || input.chosen.includes(MANIFEST);
  const text = isChosen ? await input.read(MANIFEST) : null;
  const scripts = text === null ? null : scriptsOf(text);
  if (text === null || scripts === null || scripts.size === 0) return output;
  const texts = new Map([...scripts].map(([name, { command }]) => [name, command]));
  const proofs = await scriptProofs(input.root, { files: input.paths, read: input.read }, texts);
  const version = [...proofs.of.values()].at(-1)?.from.runtimes.bun.version ?? '';

  const callers: Caller[] = [];
  const workflows = new Map<string, { text: string; jobs: Job[] }>();
  for (const path of input.paths) {
    const who = placeOf(path);
    const held = who !== null || isWorkflow(path) ? await input.read(path) : null;
    if (held === null) continue;
    if (who !== null) callers.push(...callersIn(path, held, who, new Set(texts.keys())));
    const jobs = isWorkflow(path) ? jobsOf(path, held, texts) : [];
    if (jobs) workflows.set(path, { text: held, jobs });
    else callers.push(...callersIn(path, held, 'a workflow that is no YAML', new Set(texts.keys())));
  }

  const all = [...workflows.values()].flatMap(({ jobs }) => jobs);
  const { moves, stays } = decide(scripts, proofs, callers, all, version);
  assertProduction(texts, new Map([...texts, ...moves]), callers);
  const edits: SpanEdit[] = [...moves].flatMap(([name, command]) => scripts.get(name)?.become(command) ?? []);
  if (edits.length > 0) output.edits.set(MANIFEST, edits);
  // Those that an earlier run moved need their Bun as well.
  const onBun = new Set([...moves.keys(), ...moved(scripts, proofs)]);
  for (const [path, { jobs }] of workflows) {
    const own = jobs.flatMap((job) => (job.problem(version) === null ? job.edits(version, onBun) : []));
    if (own.length > 0) output.edits.set(path, own);
  }
  for (const { name, location } of scripts.values()) {
    const why = stays.get(name);
    if (moves.has(name)) output.outcomes.push({ ...location, name, outcome: 'converted' });
    else if (why) {
      output.outcomes.push({ ...location, name, outcome: 'kept', reason: why.reason });
      const place = why.location ?? location;
      const { line, column, file } = place;
      if (why.todo)
        output.leftForYou.push({
          ...{ file, line, column, codemod: ID, rule: 'script', reason: `${name}: ${why.reason}` },
          ...(why.advice !== undefined && { advice: why.advice }),
        });
    }
  }
  if (moves.size > 0)
    output.next.push(
      `Everybody who runs these scripts needs Bun ${version}: say so where people look, and in CI that is not GitHub's.`,
    );
  return output;
}

/** Scripts that are what they were to become already. */
const moved = (scripts: ReadonlyMap<string, Script>, { of }: ScriptProofs): string[] =>
  [...of].flatMap(([name, { script }]) =>
    script.command !== script.becomes && scripts.get(name)?.command === script.becomes ? [name] : [],
  );

const emptyOutput = () => ({
  ...{ edits: new Map<string, readonly SpanEdit[]>(), created: new Map<string, string>() },
  ...{ deleted: [], skipped: new Map<string, string>(), failed: new Map<string, string>() },
  ...{ outcomes: [] as Outcome[], leftForYou: [] as LeftForYou[], limits: [], next: [] as string[] },
});
