import type { Plan } from '../model/plan.ts';
import { saidIn } from '../plan/advice/said.ts';
import { type Answers, drawPlan } from '../plan/index.ts';
import { loadPlaybooks } from '../plan/playbooks.ts';
import type { Io } from '../report/io.ts';
import { loadRules } from '../rules/load.ts';
import { playbookActions } from '../steps/kinds.ts';
import type { TryNow } from '../workspace/evidence/tries.ts';
import { committedTree, isRepository } from '../workspace/git.ts';
import { readState } from '../workspace/state.ts';
import { factsOf, type PlanFacts } from './conversion.ts';
import { comparedHere, triedHere } from './tried-here.ts';

/** Draws the plan of a folder whose facts were read. */
export async function draw(
  root: string,
  { inventory, conversionOf }: PlanFacts,
  answers: Answers,
  tried: TryNow | null,
): Promise<Plan> {
  const actions = await playbookActions();
  const playbooks = loadPlaybooks(root, actions);
  const conversion = await conversionOf();
  return drawPlan(inventory, answers, {
    playbooks,
    actions,
    conversion,
    rules: loadRules(root),
    tried,
    said: saidIn(readState(root)),
    proofs: await comparedHere(root, inventory),
    tree: (await isRepository(root).catch(() => false)) ? await committedTree(root) : null,
  });
}

/** Draws a plan again, for the target it has. */
export async function redraw(io: Io, root: string, { target }: Plan): Promise<Plan> {
  const facts = await factsOf(io, root);
  const { name, spec, answeredBy } = target;
  const drawn = await draw(root, facts, { target: { name, spec }, answeredBy }, await triedHere(root));
  io.progress(null);
  return drawn;
}
