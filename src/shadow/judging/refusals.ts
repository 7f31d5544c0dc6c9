import type { Judged } from './tally.ts';

/** A side that refused what the other one did, and the waiver that accepts it. */
interface Refusal {
  side: 'old' | 'new';
  waiver: string;
}

/**
 * Exchanges in which one side answered with success and the other with a refusal, where a waiver accepts that. What such an
 * exchange leaves behind, as files and calls, differs for the same reason.
 */
export interface Refusals {
  saw(exchange: number, judged: readonly Judged[]): void;
  /** The waiver by which something that one side alone did is accepted; null where the other one did not refuse it. */
  coversAlone(exchange: number, doer: 'old' | 'new'): string | null;
}

const isRefused = (status: string | null): boolean => Number(status) >= 400;

export function refusals(): Refusals {
  const known = new Map<number, Refusal>();
  return {
    saw(exchange, judged) {
      for (const { found, explained } of judged) {
        if (found.kind !== 'status' || explained?.by !== 'waiver') continue;
        const [old, next] = [isRefused(found.old), isRefused(found.new)];
        if (old !== next) known.set(exchange, { side: old ? 'old' : 'new', waiver: explained.id });
      }
    },
    coversAlone(exchange, doer) {
      const refusal = known.get(exchange);
      return refusal === undefined || refusal.side === doer ? null : refusal.waiver;
    },
  };
}
