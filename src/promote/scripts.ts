import type { Decision, EvidenceFile, PromotionCheck } from '../model/promotion.ts';
import { ScriptComparison } from '../model/scripts.ts';
import { readEvidence } from '../workspace/evidence/files.ts';
import { SCRIPTS, scriptProofs } from '../workspace/evidence/script-comparisons.ts';
import { fails, holds, open, type Subject } from './subject.ts';

/** Each script that the stage moves does on Bun what it does today, by the newest comparison of the files as they are. */
export async function checkScripts({ repository, stage, gates }: Subject): Promise<{
  checks: PromotionCheck[];
  files: EvidenceFile[];
  /** Those of the newest comparison that counts. */
  runtimes: Decision['runtimes'];
}> {
  const none = { old: null, new: null };
  if (!gates.scripts) return { checks: [], files: [], runtimes: none };
  const { root, packageJson } = repository;
  const proofs = await scriptProofs(root, repository, new Map(Object.entries(packageJson.scripts ?? {})));
  const used = new Set([...proofs.of.values()].map(({ from }) => from.id));
  const files = readEvidence(root, SCRIPTS, ScriptComparison).map(
    ({ found, file, sha256 }): EvidenceFile => ({
      ...{ kind: 'scripts', file, sha256, madeAt: found.madeAt },
      left: used.has(found.id) ? null : 'other files, other commands, or a newer comparison',
    }),
  );
  const newest = [...proofs.of.values()]
    .map(({ from }) => from)
    .toSorted(byTime)
    .at(-1);
  const runtimes = newest ? { old: newest.runtimes.today, new: newest.runtimes.bun } : none;
  const moving = stage.items.filter(({ moves }) => moves);
  const checks = moving.flatMap(({ name }): PromotionCheck[] => {
    const next = `migrate scripts compare ${name}`;
    const proof = proofs.of.get(name);
    if (!proof) {
      const day = proofs.stale.get(name);
      const why =
        proofs.none.get(name) ?? (day ? `the comparison of ${day} is of other files` : 'there is none');
      return [open('scripts', `No comparison counts: ${why}.`, next, name)];
    }
    const { outcome, differences } = proof.script;
    if (outcome === 'same') return [];
    return [fails('scripts', differences.map(({ sentence }) => sentence).join(' '), next, name)];
  });
  if (moving.length === 0)
    return { checks: [open('scripts', 'The plan moves none.', 'migrate plan --rebase')], files, runtimes };
  const all = holds('scripts', `${moving.length} do on Bun what they do today.`);
  return { checks: checks.length > 0 ? checks : [all], files, runtimes };
}

const byTime = (a: ScriptComparison, b: ScriptComparison): number => (a.madeAt < b.madeAt ? -1 : 1);
