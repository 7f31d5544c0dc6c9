import semver from 'semver';
import { parse } from 'yaml';
import { z } from 'zod';
import { readShipped } from '../../workspace/shipped.ts';

const Table = z.object({
  asOf: z.string(),
  source: z.string(),
  packages: z.array(
    z.object({
      name: z.string(),
      abi: z.enum(['node-api', 'v8']).optional(),
      from: z.string().optional(),
      below: z.string().optional(),
    }),
  ),
});

type Row = z.infer<typeof Table>['packages'][number];

let rows: Row[] | undefined;

/**
 * The table's row for a package, or null when it is not in it.
 *
 * @param version exact or, failing that, the lowest version the declared range allows; null when neither is known
 */
export function nativePackage(name: string, version: string | null): Row | null {
  rows ??= Table.parse(parse(readShipped('data/native-packages.yaml'))).packages;
  const named = rows.filter((row) => row.name === name);
  const fits = (row: Row) =>
    version === null ||
    ((!row.from || semver.gte(version, row.from)) && (!row.below || semver.lt(version, row.below)));
  const found = named.find(fits);
  if (!found) return null;
  // Without a version, rows that depend on it say nothing about the ABI.
  return version === null && named.length > 1 ? { name } : found;
}
