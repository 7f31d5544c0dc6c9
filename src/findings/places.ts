import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type PlacedFinding, Severity } from '../model/findings.ts';
import type { Location } from '../model/location.ts';
import { resolveInside } from '../workspace/repository.ts';
import type { Said } from './said.ts';

/** Reads a file of the repository, once; null where it cannot be read. */
export type ReadLines = (file: string) => readonly string[] | null;

/** @param root the repository; nothing outside it is read */
export function linesOf(root: string): ReadLines {
  const kept = new Map<string, readonly string[] | null>();
  return (file) => {
    if (!kept.has(file)) kept.set(file, read(root, file));
    return kept.get(file) ?? null;
  };
}

function read(root: string, file: string): string[] | null {
  try {
    return readFileSync(resolveInside(root, file), 'utf8').split(/\r\n|\r|\n/);
  } catch {
    return null;
  }
}

/**
 * A finding a place, whichever of the targets it is about, those that block first.
 *
 * @param folder of the service that it is said of, relative to the root; `.` for the root itself
 * @param lines the root's files, which places are in
 */
export function placedFindings(said: readonly Said[], folder: string, lines: ReadLines): PlacedFinding[] {
  const found = new Map<string, PlacedFinding>();
  const counted = new Map<string, number>();
  for (const one of said) {
    for (const place of one.places) {
      const location = place && folder !== '.' ? { ...place, file: `${folder}/${place.file}` } : place;
      const key = JSON.stringify([one.rule, one.severity, one.message, location]);
      const known = found.get(key);
      if (known && !known.targets.includes(one.target)) known.targets.push(one.target);
      if (!known) found.set(key, placed(one, location, lines, counted));
    }
  }
  return [...found.values()].sort(inOrder);
}

const inOrder = (a: PlacedFinding, b: PlacedFinding): number =>
  Severity.options.indexOf(a.severity) - Severity.options.indexOf(b.severity) ||
  order(a.location?.file ?? '', b.location?.file ?? '') ||
  (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
  order(a.rule, b.rule);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function placed(
  { target, places: _, insteadOf: _more, ...said }: Said,
  location: Location | null,
  lines: ReadLines,
  counted: Map<string, number>,
): PlacedFinding {
  const snippet = location === null ? null : (lines(location.file)?.[location.line - 1]?.trim() ?? '');
  const text = [said.rule, said.severity, location?.file ?? '', snippet ?? ''].join('\n');
  const nth = (counted.get(text) ?? 0) + 1;
  counted.set(text, nth);
  return {
    ...{ ...said, targets: [target], location, snippet: snippet === null ? null : snippet.slice(0, 200) },
    fingerprint: createHash('sha256').update(`${text}\n${nth}`).digest('hex').slice(0, 16),
    ...{ state: 'new', reason: null },
  };
}
