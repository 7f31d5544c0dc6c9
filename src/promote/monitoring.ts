import { Monitoring } from '../model/monitoring.ts';
import type { EvidenceFile, PromotionCheck } from '../model/promotion.ts';
import { readEvidence } from '../workspace/evidence/files.ts';
import { MONITORING } from '../workspace/evidence/monitoring.ts';
import { fails, holds, isOn, open, type Subject } from './subject.ts';

/**
 * What collectors were told by both sides, by the newest `migrate observe` of the code as it is. Where today's side tells
 * nothing there is nothing to hold the new one against: then a person must have said so.
 */
export function checkMonitoring({ repository, gates, specs, now, steps }: Subject): {
  checks: PromotionCheck[];
  files: EvidenceFile[];
} {
  if (!gates.observability) return { checks: [], files: [] };
  const next = `migrate observe --new ${specs.new}`;
  const kept = readEvidence(repository.root, MONITORING, Monitoring).map(({ found, file, sha256 }) => {
    const { tree, runtime } = found.sides.new;
    const left =
      tree !== now.tree
        ? 'its new side is other code than is committed now'
        : isOn(runtime, specs.new)
          ? null
          : `its new side ran on ${runtime.name} ${runtime.version}`;
    return { found, file: { kind: 'monitoring' as const, file, sha256, madeAt: found.madeAt, left } };
  });
  const files = kept.map(({ file }) => file);
  const newest = kept.findLast(({ file }) => file.left === null)?.found;
  if (!newest) {
    const why = files.at(-1)?.left ?? 'there is none';
    return { checks: [open('observability', `No observation of this code counts: ${why}.`, next)], files };
  }
  const told = newest.reasons.join(' ');
  if (newest.outcome === 'PASS') return { checks: [holds('observability', told)], files };
  if (newest.outcome === 'FAIL') return { checks: [fails('observability', told, next)], files };
  const answer = steps
    .flatMap(({ state, record }) => (state === 'done' ? (record?.actions ?? []) : []))
    .find(({ detail }) => detail.monitoring === newest.id && typeof detail.answer === 'string')
    ?.detail.answer;
  return {
    checks: [
      answer === undefined
        ? open('observability', told, next)
        : holds('observability', `${told} A person says: ${answer}`),
    ],
    files,
  };
}
