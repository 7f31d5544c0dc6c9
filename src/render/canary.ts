import { samplesForBound } from '../shadow/index.ts';
import type { Rendering } from './contract.ts';

/** Parts of the traffic that the new side gets, one after the other. */
export const WEIGHTS = [1, 10, 50] as const;

/** What a canary is held against, as the stage's gates say it. */
export interface Margins {
  /** Errors may be this share of the answers of the new side at most; null where no gate says. */
  errors: number | null;
  /** Requests that bound errors below that at 95% confidence. */
  samples: number | null;
  /** The 99th percentile may be so many times that of today. */
  ratio: number | null;
}

/** The margins of the stage's gates: what bounds differences of answers bounds errors, too. */
export function marginsOf({ shadow }: Rendering): Margins {
  const errors = shadow?.defectBound ?? shadow?.routeDefectBound ?? null;
  return {
    errors,
    samples: errors === null ? null : samplesForBound(errors),
    ratio: shadow?.latency?.ratio ?? null,
  };
}

/** Seconds until a share of the traffic has brought enough requests; null where the rate is not known. */
export function secondsAt(weight: number, { rate }: Rendering, { samples }: Margins): number | null {
  if (rate === null || samples === null) return null;
  return Math.max(300, Math.ceil(samples / (rate * (weight / 100)) / 60) * 60);
}

/** What a reader should know of a canary's file, as comments. */
export function explained(what: Rendering, { errors, samples, ratio }: Margins): string[] {
  const { stage, rate } = what;
  return [
    `Made by migrate render from the gates of ${stage} in .migrate/gates.yaml. Review it before it is used.`,
    errors === null
      ? 'The gates bound no share of errors, so none is watched.'
      : `At most ${Number((errors * 100).toPrecision(3))}% of the answers may be errors; ${samples?.toLocaleString('en-US')} requests without one show that at 95%.`,
    ratio === null
      ? 'The gates say nothing of latency, so none is watched.'
      : `The 99th percentile may be ${ratio} times that of the old side.`,
    rate === null
      ? 'No --rate was given, so each share of the traffic waits for a person.'
      : `At ${rate} requests a second each share of the traffic lasts until it has brought so many.`,
  ];
}
