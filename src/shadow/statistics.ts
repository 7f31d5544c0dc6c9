/**
 * Exact tests over counts. Sources: McNemar 1947 in its exact binomial form; Benjamini & Hochberg 1995; Clopper &
 * Pearson 1934 for zero events; Connor 1987 for the sample size of a paired test; order statistics as in Conover,
 * Practical Nonparametric Statistics, §3.2.
 */

/** log n!, exact sums for small n and Stirling's series (error below 1e-12) beyond. */
const LOG_FACTORIALS: number[] = [0];
function logFactorial(n: number): number {
  if (n < 256) {
    for (let i = LOG_FACTORIALS.length; i <= n; i++)
      LOG_FACTORIALS.push((LOG_FACTORIALS[i - 1] ?? 0) + Math.log(i));
    return LOG_FACTORIALS[n] ?? 0;
  }
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}

/** P(X = k) of a binomial. */
function binomialPoint(n: number, k: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p === 0 || p === 1) return (p === 0 ? 0 : n) === k ? 1 : 0;
  const log = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(log + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X >= k) of a binomial with n trials of probability p. */
export function binomialTail(n: number, k: number, p: number): number {
  if (k <= 0) return 1;
  let sum = 0;
  // The smaller tail is summed, so that neither loses digits.
  if (k > n * p) {
    for (let i = n; i >= k; i--) sum += binomialPoint(n, i, p);
    return Math.min(1, sum);
  }
  for (let i = 0; i < k; i++) sum += binomialPoint(n, i, p);
  return Math.max(0, 1 - sum);
}

/**
 * Exact one-sided McNemar (sign) test of paired triples: whether the new side parts from the old one more often than
 * the old side parts from itself.
 *
 * @param b exchanges in which new differs and old repeated itself
 * @param c exchanges in which old did not repeat itself and new agrees
 * @returns P(at least b of b + c) if new were one more instance of old
 */
export const mcnemar = (b: number, c: number): number => binomialTail(b + c, b, 0.5);

/** Benjamini–Hochberg adjusted p-values, in the order given. */
export function adjusted(values: readonly number[]): number[] {
  const order = values.map((p, at) => ({ p, at })).sort((x, y) => y.p - x.p);
  const out = new Array<number>(values.length).fill(1);
  let least = 1;
  for (const [i, { p, at }] of order.entries()) {
    least = Math.min(least, (p * values.length) / (values.length - i));
    out[at] = least;
  }
  return out;
}

/** With 0 of n differing: the defect rate is below this at the given confidence, exactly. 1 without samples. */
export const zeroDefectBound = (n: number, confidence = 0.95): number =>
  n <= 0 ? 1 : 1 - (1 - confidence) ** (1 / n);

/** How many exchanges without a difference show that fewer than `bound` of them differ: 299 for 1% at 95%. */
export const samplesForBound = (bound: number, confidence = 0.95): number =>
  bound >= 1 ? 1 : Math.ceil(Math.log(1 - confidence) / Math.log1p(-bound) - 1e-9);

/** Quantile of the standard normal distribution (Acklam's rational approximation, error below 1.2e-9). */
export function normalQuantile(p: number): number {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  ];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const poly = (terms: readonly number[], x: number, last: number) =>
    [...terms, last].reduce((sum, term) => sum * x + term, 0);
  if (p <= 0 || p >= 1) return p <= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return poly(c, q, 2.938163982698783) / poly(d, q, 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (poly(a, r, 2.506628277459239) * q) / poly(b, r, 1);
}

/**
 * How many exchanges a paired test needs to see an extra defect rate over noise (Connor 1987).
 *
 * @param noise part of the exchanges, 0..1, in which old does not repeat itself and new agrees with old
 * @param extra the additional part that must not go unseen
 */
export function samplesForExtra(noise: number, extra: number, alpha: number, power = 0.9): number {
  const sum = 2 * noise + extra;
  const spread = Math.max(0, sum - extra * extra);
  const z = -normalQuantile(alpha) * Math.sqrt(sum) + normalQuantile(power) * Math.sqrt(spread);
  return Math.ceil((z / extra) ** 2);
}

/** A two-sided interval of a quantile by order statistics. */
export interface QuantileInterval {
  low: number;
  at: number;
  high: number;
}

/**
 * Nearest-rank quantile with a distribution-free confidence interval; null when there are too few samples for one
 * ({@link samplesForQuantile}).
 *
 * @param sorted ascending
 */
export function quantileInterval(
  sorted: readonly number[],
  q: number,
  confidence: number,
): QuantileInterval | null {
  const n = sorted.length;
  const half = (1 - confidence) / 2;
  // Ranks l < u with P(l <= B < u) >= confidence, B the number of samples below the quantile: both tails cut at half.
  let below = 0;
  let low = -1;
  let high = -1;
  for (let k = 0; k <= n; k++) {
    const next = below + binomialPoint(n, k, q);
    if (next > half && low < 0) low = k;
    if (high < 0 && 1 - next <= half) high = k + 1;
    below = next;
  }
  if (low < 1 || high < 1 || high > n) return null;
  const value = (rank: number) => sorted[rank - 1] ?? Number.NaN;
  return { low: value(low), at: value(Math.max(1, Math.ceil(q * n))), high: value(high) };
}

/** The least number of samples for which {@link quantileInterval} has both ends. */
export function samplesForQuantile(q: number, confidence: number): number {
  const half = (1 - confidence) / 2;
  return Math.ceil(Math.log(half) / Math.log(Math.max(q, 1 - q)) - 1e-9);
}
