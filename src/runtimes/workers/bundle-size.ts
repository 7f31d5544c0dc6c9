import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** Compressed, without and with a plan. Source: developers.cloudflare.com/workers/platform/limits, 2026-11-29. */
const LARGEST = [
  { bytes: 3 * 1024 * 1024, plan: 'without a plan' },
  { bytes: 10 * 1024 * 1024, plan: 'with one' },
];

/** A sentence about a bundle that Cloudflare would refuse; none else. workerd itself has no such limit. */
export async function tooLarge(script: string): Promise<string[]> {
  const bytes = await readFile(script);
  // Nothing gets larger by a hundredth: most bundles need not be compressed to be known as small.
  if (LARGEST.every((limit) => bytes.length * 1.01 < limit.bytes)) return [];
  const { length } = gzipSync(bytes);
  const refused = LARGEST.filter((limit) => length > limit.bytes).map(
    (limit) => `${limit.bytes / 1024 / 1024} MB ${limit.plan}`,
  );
  const size = (length / 1024 / 1024).toFixed(1);
  return refused.length > 0
    ? [`The bundle has ${size} MB compressed, more than Workers take: ${refused.join(', ')}.`]
    : [];
}
