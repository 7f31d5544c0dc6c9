import { resolve } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type Answers, drawPlan, recommendTarget } from '../../plan/index.ts';
import { loadPlaybooks } from '../../plan/playbooks.ts';
import { writePlan } from '../../plan/store.ts';
import { parseTarget } from '../../plan/targets.ts';
import type { Io } from '../../report/io.ts';
import { printPlan } from '../../report/plan.ts';
import type { TryNow } from '../../workspace/tries.ts';
import { factsOf } from '../conversion.ts';
import { planServices } from '../plan-services.ts';
import { askTarget } from '../questions/target.ts';
import { canBeTried, comparedHere, triedHere, tryHere } from '../tried-here.ts';
import { usage } from '../usage.ts';

export interface Options {
  target?: string;
  yes?: boolean;
  explain?: boolean;
  measure?: boolean;
  json?: boolean;
}

/** `migrate plan`: facts, the one question, the plan, the file. */
export async function plan(io: Io, dir: string, options: Options): Promise<ExitCode> {
  io.json = options.json ?? false;
  const root = resolve(io.cwd, dir);
  const asked = options.target === undefined ? null : parseTarget(options.target);
  if (!asked && !options.yes && (!io.interactive || io.json)) {
    throw new MigrateError('ANSWER_NEEDED', 'Where should it run? There is no terminal to ask on.', {
      hint: 'Give --target bun|deno|workers|node@24|not-sure, or --yes for the recommended target.',
      exitCode: ExitCode.answerNeeded,
    });
  }
  const started = performance.now();
  const { inventory, conversionOf } = await factsOf(io, root);
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
  const playbooks = loadPlaybooks(root);
  io.progress(null);
  const elapsed = performance.now() - started;
  const before = options.measure ? await tryHere(io, root, inventory) : await triedHere(root);
  const { answers, tried } = asked
    ? { answers: { target: asked, answeredBy: 'flag' as const }, tried: before }
    : await answer(io, root, inventory, before, options.yes ?? false);
  const conversion = await conversionOf();
  io.progress(null);
  const proofs = await comparedHere(root, inventory);
  const drawn = drawPlan(inventory, answers, { playbooks, conversion, tried, proofs });
  io.signal.throwIfAborted();
  const written = writePlan(root, drawn);
  if (io.json) io.document(drawn);
  else printPlan(io, drawn, { explain: options.explain ?? false, elapsed, written });
  return ExitCode.ok;
}

/** The answer, and what was tried: the user may have it tried before answering. */
async function answer(
  io: Io,
  root: string,
  inventory: Inventory,
  before: TryNow | null,
  yes: boolean,
): Promise<{ answers: Answers; tried: TryNow | null }> {
  let tried = before;
  for (let isTriable = canBeTried(inventory) && tried?.stale !== null; ; isTriable = false) {
    const recommended = recommendTarget(inventory, tried);
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
