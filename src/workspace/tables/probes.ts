import { ProbeTable } from '../../model/probe-table.ts';
import { listShipped, readShipped } from '../shipped.ts';
import { readYaml } from '../yaml.ts';

const FOLDER = 'data/probes';

let tables: readonly ProbeTable[] | undefined;

/** What runtimes were found to do, a table for each exact version: shipped with us, written by `migrate probe runtimes`. */
export function readProbeTables(): readonly ProbeTable[] {
  tables ??= listShipped(FOLDER).map((name) =>
    readYaml(ProbeTable, `${FOLDER}/${name}`, readShipped(`${FOLDER}/${name}`)),
  );
  return tables;
}

/** The name of a table's file. */
export const tableFile = ({ runtime, version, compatibilityDate }: ProbeTable): string =>
  `${runtime}-${compatibilityDate ?? version}.yaml`;
