import type { ExitCode } from '../../model/exit.ts';
import type { Decision, PromotionCheck } from '../../model/promotion.ts';
import { decisionOf, judgeStage, type Subject, type Waived } from '../../promote/index.ts';
import type { Io } from '../../report/io.ts';
import { decisionMarkdown, printPromotion } from '../../report/promotion/decision.ts';
import { writeDecision } from '../../workspace/evidence/decisions.ts';
import { withLock } from '../../workspace/lock.ts';
import { appendState, readState } from '../../workspace/state.ts';
import { openStage, withGates } from '../judged-stage.ts';
import { EXIT } from '../shadow-group.ts';
import { usage } from '../usage.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  waive: string[];
  reason?: string;
  by?: string;
  dryRun?: boolean;
  dir: string;
  json?: boolean;
}

/** `migrate promote`: the gates of a stage asked of its evidence, and the decision kept where they hold. */
export async function promote(io: Io, name: string, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const waived = waivedBy(options);
  const subject = withGates(await openStage(io, options.dir, name));
  const { root } = subject.repository;
  const judged = await judgeStage(subject, waived);
  requireKnown(judged.checks, waived);
  const log = readState(root);
  const decision = await decisionOf(subject, judged, { tool: await ownVersion(), log });
  io.signal.throwIfAborted();
  const written =
    judged.outcome === 'PASS' && !options.dryRun
      ? await withLock(root, `promote ${subject.stage.id}`, async () => keep(root, decision))
      : null;
  const next = nextOf(subject, judged.checks, decision);
  if (io.json) io.document({ ...decision, schema: 'migrate/promotion', ...{ written, next } });
  else printPromotion(io, decision, { written, next });
  return EXIT[judged.outcome];
}

function waivedBy({ waive, reason = '', by = '' }: Options): Waived | null {
  if (waive.length === 0) {
    if (reason || by) throw usage('--reason and --by belong to --waive <gate>.');
    return null;
  }
  if (reason.trim() === '') throw usage('--reason is missing: a gate that is waived needs one.');
  if (by.trim() === '') throw usage('--by is missing: a person answers for a gate that is waived.');
  return { gates: waive, by: by.trim(), reason: reason.trim() };
}

function requireKnown(checks: readonly PromotionCheck[], waived: Waived | null): void {
  const gates = [...new Set(checks.map(({ gate }) => gate))];
  const unknown = waived?.gates.find((gate) => !gates.includes(gate));
  if (unknown !== undefined)
    throw usage(`--waive: the stage has no gate "${unknown}".`, `It has ${gates.join(', ')}.`);
}

function keep(root: string, decision: Decision): string[] {
  const files = writeDecision(root, decision, decisionMarkdown(decision));
  const { stage, outcome, by, code } = decision;
  appendState(root, 'promoted', {
    stage,
    decision: files[1],
    outcome,
    by,
    commit: code.commit,
    tree: code.tree,
  });
  return files;
}

/** What a person does next: what the open gates ask for, else what follows the promotion. */
function nextOf(
  { stage, gates, steps }: Subject,
  checks: readonly PromotionCheck[],
  { outcome }: Decision,
): string[] {
  const asked = checks.flatMap(({ next, waived }) => (next === null || waived ? [] : [next]));
  if (outcome === 'refused') return [...new Set(asked)];
  return steps
    .filter(
      ({ step, state }) => state === 'open' && gates.later?.includes(step.id.slice(stage.id.length + 1)),
    )
    .map(({ step }) => `migrate apply ${step.id}`);
}
