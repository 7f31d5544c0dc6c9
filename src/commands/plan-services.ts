import { join } from 'node:path';
import type { PlansDocument } from '../model/documents.ts';
import { MigrateError } from '../model/errors.ts';
import type { Service } from '../model/inventory.ts';
import type { Plan, PlanTarget } from '../model/plan.ts';
import { recommendTarget } from '../plan/index.ts';
import { writePlan } from '../plan/store.ts';
import type { Io } from '../report/io.ts';
import { printPlans } from '../report/plans.ts';
import { loadRules } from '../rules/load.ts';
import { factsOf } from './conversion.ts';
import { draw } from './draw.ts';

/**
 * Plans each service of a monorepo by itself and writes each plan into its own folder. Without a target each gets the one
 * recommended for it. One that cannot be read is said, and stops no other.
 */
export async function planServices(
  io: Io,
  root: string,
  services: readonly Service[],
  asked: Omit<PlanTarget, 'answeredBy'> | null,
): Promise<void> {
  const plans: { folder: string; plan: Plan }[] = [];
  const failed: { folder: string; reason: string }[] = [];
  for (const { folder } of services) {
    const own = join(root, folder);
    try {
      const facts = await factsOf(io, own, `${folder}: `);
      const { inventory } = facts;
      const answers = asked
        ? { target: asked, answeredBy: 'flag' as const }
        : { target: recommendTarget(inventory, null, loadRules(own)), answeredBy: 'recommendation' as const };
      const plan = await draw(own, facts, answers, null);
      io.signal.throwIfAborted();
      writePlan(own, plan);
      plans.push({ folder, plan });
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      failed.push({ folder, reason: error.message });
    }
  }
  io.progress(null);
  const document: PlansDocument = { schema: 'migrate/plans', version: 1, plans, failed };
  if (io.json) io.document(document);
  else printPlans(io, plans, failed);
}
