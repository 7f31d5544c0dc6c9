import { type EvidenceFile, type PromotionCheck, Rehearsal } from '../model/promotion.ts';
import { readEvidence } from '../workspace/evidence/files.ts';
import { ROLLBACKS } from '../workspace/evidence/rehearsals.ts';
import { fails, holds, open, type Subject } from './subject.ts';

/** The newest rehearsal of the way back from the code as it is. */
export function checkRollback({ repository, stage, gates, now }: Subject): {
  checks: PromotionCheck[];
  files: EvidenceFile[];
} {
  if (!gates.rollback) return { checks: [], files: [] };
  const next = `migrate rollback ${stage.id} --rehearse`;
  const kept = readEvidence(repository.root, ROLLBACKS, Rehearsal).filter(
    ({ found }) => found.stage === stage.id,
  );
  const files = kept.map(
    ({ found, file, sha256 }): EvidenceFile => ({
      ...{ kind: 'rollback', file, sha256, madeAt: found.madeAt },
      left: found.code.tree === now.tree ? null : 'it rehearsed other code',
    }),
  );
  const newest = kept.findLast(({ found }) => found.code.tree === now.tree)?.found;
  if (!newest) {
    const why = files.length > 0 ? `${files.length} kept, of other code.` : 'There is none.';
    return { checks: [open('rollback', `No rehearsal of the way back counts: ${why}`, next)], files };
  }
  const told = newest.reasons.join(' ');
  if (newest.outcome === 'PASS') return { checks: [holds('rollback', told)], files };
  return {
    checks: [newest.outcome === 'FAIL' ? fails('rollback', told, next) : open('rollback', told, next)],
    files,
  };
}
