import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { Baseline, type PlacedFinding } from '../model/findings.ts';
import { writeFileAtomic } from '../workspace/atomic.ts';
import { resolveInside } from '../workspace/repository.ts';

/** Where findings that were there before are kept, relative to the repository; to be committed. */
export const BASELINE_FILE = '.migrate/baseline.json';

/**
 * Reads a baseline.
 *
 * @returns null where the file is not there
 * @throws MigrateError BASELINE_INVALID naming the file
 */
export function readBaseline(root: string, file: string): Baseline | null {
  const absolute = resolveInside(root, file);
  if (!existsSync(absolute)) return null;
  try {
    return Baseline.parse(JSON.parse(readFileSync(absolute, 'utf8')));
  } catch {
    throw new MigrateError('BASELINE_INVALID', `${file} is not a baseline of findings.`, {
      hint: 'Write it anew: migrate findings --update-baseline.',
    });
  }
}

/** Marks findings that the baseline holds. */
export function withKnown(findings: readonly PlacedFinding[], baseline: Baseline | null): PlacedFinding[] {
  const known = new Set(baseline?.findings.map(({ fingerprint }) => fingerprint));
  return findings.map((finding) =>
    finding.state === 'new' && known.has(finding.fingerprint) ? { ...finding, state: 'known' } : finding,
  );
}

/** Writes the baseline of everything that blocks or differs and is not accepted, sorted so that a change reads well. */
export function writeBaseline(root: string, file: string, findings: readonly PlacedFinding[]): number {
  const kept = findings
    .filter(({ state, severity }) => state !== 'accepted' && severity !== 'advice' && severity !== 'check')
    .map(({ rule, location, fingerprint }) => ({ rule, file: location?.file ?? null, fingerprint }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const document: Baseline = { schema: 'migrate/baseline', version: 1, findings: kept };
  const absolute = resolveInside(root, file);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileAtomic(absolute, `${JSON.stringify(document, null, 2)}\n`);
  return kept.length;
}

const keyOf = ({ rule, file, fingerprint }: Baseline['findings'][number]): string =>
  `${file ?? ''} ${rule} ${fingerprint}`;
