import type { CountedCell } from '../../model/aggregate.ts';
import type { WaiverUse } from '../../model/waiver.ts';
import type { Evidence } from '../judging/judge.ts';

/** What waivers accepted, counted exchange by exchange. */
export function waivedIn(cells: readonly CountedCell[], uses: readonly WaiverUse[]): Evidence['waived'] {
  const owners = new Map(uses.map(({ id, owner }) => [id, owner]));
  const edits = new Set<string>();
  const out = { differences: 0, unowned: 0 };
  for (const { explained, exchanges } of cells) {
    if (explained?.by !== 'waiver') continue;
    const owner = owners.get(explained.id);
    out.differences += exchanges;
    if (owner) edits.add([owner.codemod, owner.rule, ...owner.files].join());
    else out.unowned += exchanges;
  }
  return { ...out, owners: edits.size };
}
