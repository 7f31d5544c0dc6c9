import type { ChecklistItem } from '../model/checklist.ts';
import type { Gates } from '../model/gates.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import type { Monitoring } from '../model/monitoring.ts';
import type { Plan, PlanTarget } from '../model/plan.ts';
import type { Rehearsal } from '../model/promotion.ts';
import type { Try, TryWay } from '../model/try.ts';
import type { RunReport } from '../model/verdict.ts';
import type { Said } from '../plan/advice/said.ts';

/** What a point is asked of: facts, what was tried and observed of these very files, and what people said. */
export interface Context {
  inventory: Inventory;
  plan: Plan | null;
  target: Pick<PlanTarget, 'name' | 'spec'>;
  /** The newest try of the files as they are. */
  tried: Try | null;
  /** Its row of the target, as it is. */
  row: TryWay | null;
  /** The newest one on the target, of committed code as it is. */
  monitoring: Monitoring | null;
  shadow: RunReport | null;
  rehearsal: Rehearsal | null;
  gates: Gates | null;
  said: Said;
  /** Ids of steps that are done. */
  done: ReadonlySet<string>;
  /** `YYYY-MM-DD`. */
  today: string;
}

/** What a point came to. */
export type Found = Pick<ChecklistItem, 'answer' | 'because' | 'location' | 'next'>;

/** A point: what should hold, and how that is seen. */
export type Check = readonly [asks: string, look: (context: Context) => Found];

export const yes = (because: string, location: Location | null = null): Found => ({
  ...{ answer: 'yes', because, location, next: null },
});

export const no = (because: string, next: string, location: Location | null = null): Found => ({
  ...{ answer: 'no', because, location, next },
});

export const unknown = (because: string, next: string | null, location: Location | null = null): Found => ({
  ...{ answer: 'unknown', because, location, next },
});

/** What people have to say, and have or have not said. */
export const asked = ({ said }: Context, word: string): Found => {
  const answer = said[word];
  return answer === undefined
    ? unknown('Nobody said.', `migrate checklist --answer ${word}="…"`)
    : yes(`Said: ${answer}`);
};
