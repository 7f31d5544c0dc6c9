import { join, resolve } from 'node:path';
import { type Context, checklistOf } from '../../checklist/index.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import { Monitoring } from '../../model/monitoring.ts';
import type { Plan } from '../../model/plan.ts';
import { Rehearsal } from '../../model/promotion.ts';
import { RunReport } from '../../model/verdict.ts';
import { QUESTIONS, saidIn } from '../../plan/advice/said.ts';
import { GATES_FILE } from '../../plan/gates-file.ts';
import { recommendTarget } from '../../plan/index.ts';
import { stepsOf } from '../../plan/progress.ts';
import { readPlan } from '../../plan/store.ts';
import { triedOn } from '../../plan/tried.ts';
import { printChecklist } from '../../report/advice/checklist.ts';
import type { Io } from '../../report/io.ts';
import { loadRules } from '../../rules/load.ts';
import { parseTarget } from '../../rules/targets.ts';
import { readGates } from '../../shadow/index.ts';
import { readEvidence } from '../../workspace/evidence/files.ts';
import { MONITORING } from '../../workspace/evidence/monitoring.ts';
import { ROLLBACKS } from '../../workspace/evidence/rehearsals.ts';
import { SHADOW } from '../../workspace/evidence/shadow-runs.ts';
import { committedTree, isRepository, whoCommits } from '../../workspace/git.ts';
import { appendState, readState } from '../../workspace/state.ts';
import { factsOf } from '../conversion.ts';
import { draw } from '../draw.ts';
import { triedHere } from '../tried-here.ts';
import { usage } from '../usage.ts';

export interface Options {
  target?: string;
  answer: string[];
  open?: boolean;
  json?: boolean;
}

/** `migrate checklist`: each point of four lists with what shows it. */
export async function checklist(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const root = resolve(io.cwd, dir);
  const given = options.answer.map(answerOf);
  const asked = options.target === undefined ? null : parseTarget(options.target);
  const facts = await factsOf(io, root);
  const { inventory } = facts;
  for (const [question, answer] of given)
    appendState(root, 'answered', { question, answer, by: await whoCommits(root).catch(() => null) });
  const tried = await triedHere(root);
  const stored = readPlan(root);
  const target =
    (asked?.name === 'not-sure' ? null : asked) ??
    stored?.target ??
    recommendTarget(inventory, tried, loadRules(root));
  // A plan for another target says nothing of this one; it is drawn for the points, and not written.
  const plan =
    stored?.target.spec === target.spec
      ? stored
      : await draw(root, facts, { target, answeredBy: 'flag' }, tried);
  io.progress(null);
  const found = checklistOf({
    ...(await evidenceOf(root, inventory, target)),
    ...{
      plan,
      tried: tried?.stale === null ? tried.found : null,
      row: triedOn(tried, target).asIs?.way ?? null,
    },
    done: doneSteps(root, stored),
  });
  const shown = options.open
    ? { ...found, items: found.items.filter(({ answer }) => answer !== 'yes') }
    : found;
  if (io.json) io.document(shown);
  else printChecklist(io, shown);
  return found.items.some(({ answer }) => answer === 'no') ? ExitCode.findings : ExitCode.ok;
}

function answerOf(text: string): [word: string, answer: string] {
  const [, word = '', answer = ''] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (!Object.hasOwn(QUESTIONS, word) || answer.trim() === '')
    throw usage(
      `--answer "${text}" is not word=text.`,
      `Words: ${Object.keys(QUESTIONS).join(', ')}; as in --answer team="two of five have run Bun".`,
    );
  return [word, answer.trim()];
}

/** What was compared, observed and rehearsed of the committed code as it is, on the target. */
async function evidenceOf(
  root: string,
  inventory: Inventory,
  target: Context['target'],
): Promise<Omit<Context, 'plan' | 'tried' | 'row' | 'done'>> {
  const tree = (await isRepository(root).catch(() => false)) ? await committedTree(root) : null;
  const isHere = (side: { tree?: string | null }, runtime: string) =>
    tree !== null && side.tree === tree && runtime === target.name;
  const shadow = readEvidence(root, SHADOW, RunReport).map(({ found }) => found);
  const monitoring = readEvidence(root, MONITORING, Monitoring).map(({ found }) => found);
  const rehearsals = readEvidence(root, ROLLBACKS, Rehearsal).map(({ found }) => found);
  return {
    ...{ inventory, target, said: saidIn(readState(root)), today: new Date().toISOString().slice(0, 10) },
    shadow: shadow.findLast(({ sides }) => isHere(sides.new, sides.new.runtime)) ?? null,
    monitoring: monitoring.findLast(({ sides }) => isHere(sides.new, sides.new.runtime.name)) ?? null,
    rehearsal: rehearsals.findLast(({ code }) => tree !== null && code.tree === tree) ?? null,
    gates: readGates(join(root, GATES_FILE), false, GATES_FILE),
  };
}

const doneSteps = (root: string, plan: Plan | null): Set<string> =>
  new Set(
    plan
      ? stepsOf(plan, readState(root)).flatMap(({ step, state }) => (state === 'done' ? [step.id] : []))
      : [],
  );
