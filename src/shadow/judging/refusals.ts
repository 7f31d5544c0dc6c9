import type { Cover } from '../waivers/index.ts';
import type { Judged } from './tally.ts';

/** Which of the sides may have done what the other one has not, and the waiver that accepts it. */
interface Refusal {
  doer: 'old' | 'new';
  waiver: string;
}

/**
 * Exchanges in which a waiver accepts that one side refuses what the other one does not, or that nobody answers on the new
 * side. What such an exchange leaves behind, as files and calls, differs for the same reason.
 */
export interface Refusals {
  saw(exchange: number, judged: readonly (Judged & { cover?: Cover })[]): void;
  /** The waiver by which something that one side alone did is accepted; null where none does. */
  coversAlone(exchange: number, doer: 'old' | 'new'): string | null;
}

const isRefused = (status: string | null): boolean => Number(status) >= 400;

export function refusals(): Refusals {
  const known = new Map<number, Refusal>();
  return {
    saw(exchange, judged) {
      for (const { found, explained, cover } of judged) {
        if (explained?.by !== 'waiver') continue;
        const { old, new: next } = found;
        if (cover?.isUnanswered || (found.kind === 'status' && isRefused(next)))
          known.set(exchange, { doer: 'old', waiver: explained.id });
        else if (found.kind === 'status' && isRefused(old))
          known.set(exchange, { doer: 'new', waiver: explained.id });
      }
    },
    coversAlone(exchange, doer) {
      const refusal = known.get(exchange);
      return refusal?.doer === doer ? refusal.waiver : null;
    },
  };
}
