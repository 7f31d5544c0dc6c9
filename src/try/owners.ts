import type { Owner } from '../model/comparison.ts';
import type { Compared } from './compare.ts';
import type { Row } from './context.ts';

/** A row that was compared. */
export interface ComparedRow {
  row: Row;
  compared: Compared;
}

/**
 * Gives every cause its owner, by the rows themselves: the original on the same runtime, and the same conversion on the
 * runtime of today, are the other corners of what a converted row on another runtime shows.
 */
export function giveOwners(rows: readonly ComparedRow[], own: string): void {
  const find = (spec: string, code: string) =>
    rows.find(({ row }) => row.way.spec === spec && row.way.code === code)?.compared.keys;
  for (const { row, compared } of rows) {
    const { spec, code } = row.way;
    const [byRuntime, byCode] = [find(spec, 'as-is'), find(own, 'converted')];
    for (const [index, cause] of compared.answers.causes.entries()) {
      const keys = compared.causeKeys[index] ?? [];
      const shows = (corner: ReadonlySet<string> | undefined) =>
        corner && keys.some((key) => corner.has(key));
      cause.owner = ownerOf({
        isOwnRuntime: spec === own,
        code,
        runtime: shows(byRuntime),
        made: shows(byCode),
      });
    }
  }
}

function ownerOf(seen: {
  isOwnRuntime: boolean;
  code: string;
  runtime: boolean | undefined;
  made: boolean | undefined;
}): Owner['kind'] {
  if (seen.code === 'as-is') return 'runtime';
  if (seen.isOwnRuntime) return 'codemod';
  if (seen.runtime === undefined || seen.made === undefined) return 'unknown';
  if (seen.runtime && seen.made) return 'either';
  return seen.runtime ? 'runtime' : seen.made ? 'codemod' : 'interaction';
}
