import type { EvidenceFile, PromotionCheck } from '../model/promotion.ts';
import { Try } from '../model/try.ts';
import { readEvidence } from '../workspace/evidence/files.ts';
import { freshness, TRIES } from '../workspace/evidence/tries.ts';
import { identityOf } from '../workspace/identity.ts';
import { fails, holds, isOn, open, type Subject } from './subject.ts';

/** The newest `migrate try` of the code as it is: it starts on the target and answers the same. */
export async function checkTry({ repository, gates, specs }: Subject): Promise<{
  checks: PromotionCheck[];
  files: EvidenceFile[];
}> {
  if (!gates.try) return { checks: [], files: [] };
  const next = `migrate try --on ${specs.new}`;
  const now = await identityOf(repository);
  const kept = readEvidence(repository.root, TRIES, Try).map(({ found, file, sha256 }) => {
    const way = found.ways.find(
      (one) => !one.baseline && one.code === 'as-is' && isOn(one.runtime, specs.new),
    );
    const left = freshness(found, now).stale ?? (way ? null : `it did not try ${specs.new}`);
    return { found, way, file: { kind: 'try' as const, file, sha256, madeAt: found.madeAt, left } };
  });
  const files = kept.map(({ file }) => file);
  const newest = kept.findLast(({ file }) => file.left === null);
  if (!newest?.way) {
    const why = files.at(-1)?.left ?? 'there is none';
    return { checks: [open('try', `No try of this code counts: ${why}.`, next)], files };
  }
  const { failed, answers } = newest.way;
  if (failed !== null) return { checks: [fails('try', `It does not start: ${failed}.`, next)], files };
  const told = `${answers?.same ?? 0} of ${answers?.of ?? 0} answers are the same on ${specs.new}.`;
  const same = answers !== null && answers.of > 0 && answers.same === answers.of;
  return { checks: [same ? holds('try', told) : fails('try', told, next)], files };
}
