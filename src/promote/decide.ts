import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../model/promotion.ts';
import type { StateEntry } from '../model/state.ts';
import { GATES_FILE } from '../plan/gates-file.ts';
import { PLAN_FILE } from '../plan/store.ts';
import { git, whoCommits } from '../workspace/git.ts';
import { identityOf } from '../workspace/identity.ts';
import type { Judgement } from './judge.ts';
import type { Subject } from './subject.ts';

/** What was judged, as it is kept: every hash that is needed to see later whether it was of this code and this evidence. */
export async function decisionOf(
  subject: Subject,
  { outcome, checks, evidence, runtimes }: Judgement,
  { tool, log }: { tool: string; log: readonly StateEntry[] },
): Promise<Decision> {
  const { repository, stage, steps, now, before } = subject;
  const { root } = repository;
  const { lockfile } = await identityOf(repository);
  const waived = checks.some((check) => check.waived);
  return {
    ...{ schema: 'migrate/decision', version: 1, stage: stage.id, title: stage.title },
    ...{ decidedAt: new Date().toISOString(), by: await whoCommits(root), tool },
    outcome: outcome !== 'PASS' ? 'refused' : waived ? 'promoted-with-waivers' : 'promoted',
    code: { ...now, gitTree: await gitTree(root), before, lockfile },
    runtimes,
    ...{ gates: digest(join(root, GATES_FILE)), plan: digest(join(root, PLAN_FILE)) },
    steps: steps.map(({ step, state, at }) => ({ id: step.id, state, at, by: byWhom(log, step.id) })),
    ...{ checks, evidence },
  };
}

const gitTree = async (root: string): Promise<string> =>
  (await git(root, ['rev-parse', 'HEAD:./'])).out.trim();

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

function byWhom(log: readonly StateEntry[], step: string): string | null {
  const last = log.findLast(
    ({ event, detail }) => /^step-(done|skipped)$/.test(event) && detail.step === step,
  );
  return typeof last?.detail.by === 'string' ? last.detail.by : null;
}
