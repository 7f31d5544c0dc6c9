import { z } from 'zod';
import { FindingTarget } from '../../model/finding.ts';
import { readShipped } from '../../workspace/shipped.ts';
import { readYaml } from '../../workspace/yaml.ts';

const Target = FindingTarget.omit({ target: true }).extend({
  /** Only for these names; all when there is no list. */
  names: z.array(z.string()).optional(),
});
const TARGETS = ['node', 'bun', 'deno', 'workers'] as const;

const Row = z.strictObject({
  id: z.string(),
  topic: z.string(),
  seen: z.string(),
  targets: z.strictObject({
    node: Target.optional(),
    bun: Target.optional(),
    deno: Target.optional(),
    workers: Target.optional(),
  }),
  /** Packages whose use in the application answers it. */
  unless: z.array(z.string()).default([]),
  refute: z.string(),
  source: z.string().optional(),
  asOf: z.string().optional(),
});
export type FindingRow = z.infer<typeof Row>;

const Table = z.strictObject({ asOf: z.string(), source: z.string(), rows: z.array(Row) });
export type FindingTable = z.infer<typeof Table>;

let table: FindingTable | undefined;

/** The dated table shipped in `playbooks/data/findings.yaml`; read once. */
export function readFindingTable(): FindingTable {
  table ??= readYaml(Table, 'data/findings.yaml', readShipped('data/findings.yaml'));
  return table;
}

/** What a row says of a name, per target; empty when it changes nothing for any. */
export function targetsOf(row: FindingRow, name: string): FindingTarget[] {
  return TARGETS.flatMap((target) => {
    const said = row.targets[target];
    if (said === undefined || said.names?.includes(name) === false) return [];
    return [{ target, level: said.level, why: filled(said.why, name) }];
  });
}

export const filled = (text: string, name: string): string => text.replaceAll('{{name}}', name);
