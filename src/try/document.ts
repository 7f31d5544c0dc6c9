import type { ProvisionedRuntime } from '../model/runtime.ts';
import type { Try, TryWay } from '../model/try.ts';
import type { TryOptions } from './context.ts';
import { AT_ONCE, ROUNDS } from './measure.ts';
import type { Reason } from './reason.ts';
import { requestsDigest } from './requests-digest.ts';
import type { Survey } from './survey.ts';
import type { Way } from './ways.ts';

/** A row of the document, before anything of it was measured. */
export function rowOf(
  { spec, code }: Way,
  runtime: ProvisionedRuntime | undefined,
  reason: Reason | undefined,
  answers: TryWay['answers'],
): TryWay {
  return {
    ...{ spec, code, baseline: false, answers, figures: null, notes: [] },
    runtime: runtime
      ? {
          ...{ spec, name: runtime.spec.name, version: runtime.version, platform: runtime.platform },
          compatibilityDate: runtime.compatibilityDate,
          compatibilityFlags: runtime.compatibilityFlags,
        }
      : null,
    failed: reason?.sentence ?? null,
    said: reason?.said ?? [],
  };
}

/** Which requests were asked, and which were left out. */
export function requestsOf({ traffic }: TryOptions, found: Survey | null, load: number): Try['requests'] {
  return {
    ...{ source: traffic.source, file: traffic.file, sha256: requestsDigest(traffic.exchanges) },
    ...{ asked: found?.exchanges.length ?? 0, load },
    leftOut: [...(found?.leftOut ?? [])].map(([reason, requests]) => ({ reason, requests })),
  };
}

/** How a row was put under load. */
export const loadOf = (seconds: number): Try['load'] => ({
  ...{ seconds, rounds: seconds > 0 ? ROUNDS : 0, atOnce: AT_ONCE },
});
