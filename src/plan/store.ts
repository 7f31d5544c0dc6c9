import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { Plan } from '../model/plan.ts';
import { writeFileAtomic } from '../workspace/atomic.ts';
import { stateFolder } from '../workspace/state.ts';
import { GATES_FILE, proposeGates } from './gates-file.ts';

/** The plan's path inside the repository. */
export const PLAN_FILE = '.migrate/plan.json';

/**
 * Writes `.migrate/plan.json` in one step: a crash leaves the plan before or after. Gates that are not there yet are proposed.
 *
 * @returns what was written, relative to the root
 * @throws MigrateError `OUTSIDE_REPOSITORY` when `.migrate` leads out of the repository
 */
export function writePlan(root: string, plan: Plan): string {
  writeFileAtomic(join(stateFolder(root), 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`);
  return proposeGates(root, plan).length > 0 ? `${PLAN_FILE} and ${GATES_FILE}` : PLAN_FILE;
}

/**
 * The plan drawn before; null when there is none.
 *
 * @throws MigrateError (exit 3) `BROKEN_PLAN` for a file that is no plan of this version
 */
export function readPlan(root: string): Plan | null {
  const file = join(root, PLAN_FILE);
  if (!existsSync(file)) return null;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw brokenPlan('is not valid JSON');
  }
  const plan = Plan.safeParse(value);
  if (plan.success) return plan.data;
  const issue = plan.error.issues[0];
  throw brokenPlan(
    `does not hold a plan of this version (${issue?.path.map(String).join('.') || 'document'}: ${issue?.message})`,
  );
}

const brokenPlan = (problem: string): MigrateError =>
  new MigrateError('BROKEN_PLAN', `${PLAN_FILE} ${problem}.`, { hint: 'Draw it again with `migrate plan`.' });
