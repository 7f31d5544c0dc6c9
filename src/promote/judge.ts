import type { Decision, EvidenceFile, PromotionCheck } from '../model/promotion.ts';
import type { Verdict } from '../model/verdict.ts';
import { checkMonitoring } from './monitoring.ts';
import { checkProduction } from './production.ts';
import { checkRollback } from './rollback.ts';
import { checkScripts } from './scripts.ts';
import { checkShadow, runtimeOf, shadowEvidence } from './shadow.ts';
import { checkSteps } from './steps.ts';
import type { Subject } from './subject.ts';
import { checkTry } from './tried.ts';
import { checkWaivers } from './waivers.ts';

/** What the gates of a stage came to. */
export interface Judgement {
  /** The worst of all checks that nobody waived. */
  outcome: Verdict;
  checks: PromotionCheck[];
  evidence: EvidenceFile[];
  /** The exact ones that the counting evidence is of. */
  runtimes: Decision['runtimes'];
}

/** Who lets gates be, and why. */
export interface Waived {
  gates: readonly string[];
  by: string;
  reason: string;
}

const WORST_FIRST: readonly Verdict[] = ['INVALID', 'FAIL', 'INCONCLUSIVE', 'PASS'];

/** Asks every gate of a stage about the evidence that is kept. */
export async function judgeStage(subject: Subject, waived: Waived | null): Promise<Judgement> {
  const shadow = shadowEvidence(subject);
  const tried = await checkTry(subject);
  const scripts = await checkScripts(subject);
  const monitoring = checkMonitoring(subject);
  const rollback = checkRollback(subject);
  const checks = [
    ...checkSteps(subject),
    ...checkShadow(subject, shadow),
    ...tried.checks,
    ...scripts.checks,
    ...(await checkProduction(subject)),
    ...monitoring.checks,
    ...rollback.checks,
    ...checkWaivers(subject),
  ].map((check) =>
    check.outcome !== 'PASS' && waived?.gates.includes(check.gate) ? waive(check, waived) : check,
  );
  const asked = subject.shadow || subject.gates.days ? shadow.files : [];
  const last = shadow.counting.at(-1);
  const standing = checks.filter((check) => !check.waived);
  return {
    outcome: WORST_FIRST.find((one) => standing.some(({ outcome }) => outcome === one)) ?? 'PASS',
    checks,
    evidence: [...asked, ...tried.files, ...scripts.files, ...monitoring.files, ...rollback.files],
    runtimes: last ? { old: runtimeOf(last.sides.old), new: runtimeOf(last.sides.new) } : scripts.runtimes,
  };
}

const waive = (check: PromotionCheck, { by, reason }: Waived): PromotionCheck => ({
  ...check,
  waived: { by, reason },
});
