import { resolve } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type JudgedPlatform, judgePlatform, platformOf } from '../../plan/advice/platforms.ts';
import { changedPlan } from '../../plan/compare.ts';
import { type Answers, recommendTarget } from '../../plan/index.ts';
import { loadPlaybooks } from '../../plan/playbooks.ts';
import { readPlan, writePlan } from '../../plan/store.ts';
import { printPlatform } from '../../report/advice/platform.ts';
import type { Io } from '../../report/io.ts';
import { printPlan } from '../../report/plan.ts';
import { printPlanChanges } from '../../report/steps.ts';
import { loadRules } from '../../rules/load.ts';
import type { Rule } from '../../rules/rule.ts';
import { parseTarget } from '../../rules/targets.ts';
import { playbookActions } from '../../steps/kinds.ts';
import type { TryNow } from '../../workspace/evidence/tries.ts';
import { readState } from '../../workspace/state.ts';
import { factsOf } from '../conversion.ts';
import { draw, redraw } from '../draw.ts';
import { planServices } from '../plan-services.ts';
import { askTarget } from '../questions/target.ts';
import { canBeTried, triedHere, tryHere } from '../tried-here.ts';
import { usage } from '../usage.ts';

export interface Options {
  target?: string;
  yes?: boolean;
  explain?: boolean;
  measure?: boolean;
  rebase?: boolean;
  diff?: boolean;
  json?: boolean;
}

/** `migrate plan`: facts, the one question, the plan, the file. */
export async function plan(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const root = resolve(io.cwd, dir);
  if (options.rebase || options.diff) return drawAgain(io, root, options);
  const platform = options.target === undefined ? null : platformOf(options.target);
  if (platform) return judge(io, root, platform);
  const asked = options.target === undefined ? null : parseTarget(options.target);
  if (!asked && !options.yes && (!io.interactive || io.json)) {
    throw new MigrateError('ANSWER_NEEDED', 'Where should it run? There is no terminal to ask on.', {
      hint: 'Give --target bun|deno|workers|node@24|not-sure, or --yes for the recommended target.',
      exitCode: ExitCode.answerNeeded,
    });
  }
  const started = performance.now();
  const facts = await factsOf(io, root);
  const { inventory } = facts;
  // A root that runs nothing itself is planned service by service.
  const { services } = inventory;
  if (services.length > 0 && !services.some(({ folder }) => folder === '.')) {
    if (options.measure)
      throw usage(
        '--measure measures one application.',
        `Name its folder: migrate plan ${services[0]?.folder} --measure.`,
      );
    await planServices(io, root, services, asked);
    return ExitCode.ok;
  }
  // What is wrong with them is said before anything is asked.
  loadPlaybooks(root, await playbookActions());
  const rules = loadRules(root);
  io.progress(null);
  const elapsed = performance.now() - started;
  const before = options.measure ? await tryHere(io, root, inventory) : await triedHere(root);
  const { answers, tried } = asked
    ? { answers: { target: asked, answeredBy: 'flag' as const }, tried: before }
    : await answer(io, { root, inventory, rules }, before, options.yes ?? false);
  const drawn = await draw(root, facts, answers, tried);
  io.progress(null);
  io.signal.throwIfAborted();
  const written = writePlan(root, drawn);
  if (io.json) io.document(drawn);
  else printPlan(io, drawn, { explain: options.explain ?? false, elapsed, written });
  return ExitCode.ok;
}

/** A platform that is no target with steps: what its rules say. Nothing is written. */
async function judge(io: Io, root: string, platform: JudgedPlatform): Promise<ExitCode> {
  const { inventory } = await factsOf(io, root);
  io.progress(null);
  const judged = judgePlatform(inventory, platform, loadRules(root));
  if (io.json) io.document(judged);
  else printPlatform(io, judged);
  return ExitCode.ok;
}

/** `plan --diff` and `plan --rebase`: the stored plan drawn again for its target, and what is different. */
async function drawAgain(
  io: Io,
  root: string,
  { rebase, diff, target, explain }: Options,
): Promise<ExitCode> {
  if (rebase && diff) throw usage('--diff shows what --rebase writes: give one of them.');
  if (target !== undefined) throw usage('--target draws another plan; --rebase and --diff keep the target.');
  const stored = readPlan(root);
  if (!stored)
    throw new MigrateError('NO_PLAN', 'There is no plan to draw again.', {
      hint: 'Draw it with `migrate plan`.',
    });
  const started = performance.now();
  const drawn = await redraw(io, root, stored);
  io.signal.throwIfAborted();
  const changes = changedPlan(stored, drawn, readState(root));
  const written = rebase ? writePlan(root, drawn) : null;
  if (io.json) io.document(drawn);
  else if (explain) printPlan(io, drawn, { explain, elapsed: performance.now() - started, written });
  printPlanChanges(io, changes, written);
  return ExitCode.ok;
}

/** The answer, and what was tried: the user may have it tried before answering. */
async function answer(
  io: Io,
  { root, inventory, rules }: { root: string; inventory: Inventory; rules: readonly Rule[] },
  before: TryNow | null,
  yes: boolean,
): Promise<{ answers: Answers; tried: TryNow | null }> {
  let tried = before;
  for (let isTriable = canBeTried(inventory) && tried?.stale !== null; ; isTriable = false) {
    const recommended = recommendTarget(inventory, tried, rules);
    if (yes) return { answers: { target: recommended, answeredBy: 'recommendation' }, tried };
    const target = await askTarget(io, recommended, isTriable);
    if (target !== 'try') return { answers: { target, answeredBy: 'prompt' }, tried };
    tried = (await tryHere(io, root, inventory).catch((error) => said(io, error))) ?? tried;
  }
}

/** What stands in the way of a try does not stand in the way of a plan. */
function said(io: Io, error: unknown): null {
  io.signal.throwIfAborted();
  if (!(error instanceof MigrateError)) throw error;
  io.note(`Nothing was tried: ${error.message} ${error.hint ?? ''}`.trimEnd());
  return null;
}
