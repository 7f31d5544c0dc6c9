import { z } from 'zod';
import { TargetName } from '../model/plan.ts';
import { readShipped } from '../workspace/shipped.ts';
import { readYaml } from '../workspace/yaml.ts';

const Measurements = z.strictObject({
  asOf: z.string(),
  source: z.string(),
  rows: z.array(
    z.strictObject({
      targets: z.array(TargetName),
      frameworks: z.array(z.string()).optional(),
      sentence: z.string(),
    }),
  ),
});
export type Measurements = z.infer<typeof Measurements>;

const WorkersPackages = z.strictObject({
  asOf: z.string(),
  source: z.string(),
  packages: z.array(z.strictObject({ name: z.string(), version: z.string() })),
});
/** Packages that answered on workerd as on Node, in one small use each. */
export type WorkersPackages = z.infer<typeof WorkersPackages>;

const ScriptRule = z.strictObject({ becomes: z.string().nullable(), reason: z.string() });
const ScriptRules = z.strictObject({
  asOf: z.string(),
  source: z.string(),
  /** `stays`: whatever it does on Bun, it belongs on the runtime that production has. */
  programs: z.array(ScriptRule.extend({ program: z.string(), stays: z.boolean().default(false) })),
  flags: z.array(ScriptRule.extend({ flag: z.string() })),
});
export type ScriptRules = z.infer<typeof ScriptRules>;

/** The dated tables shipped in `playbooks/data`. */
export const readMeasurements = (): Measurements =>
  readYaml(Measurements, 'data/measurements.yaml', readShipped('data/measurements.yaml'));

export const readWorkersPackages = (): WorkersPackages =>
  readYaml(WorkersPackages, 'data/workers-packages.yaml', readShipped('data/workers-packages.yaml'));

export const readScriptRules = (): ScriptRules =>
  readYaml(ScriptRules, 'data/scripts-on-bun.yaml', readShipped('data/scripts-on-bun.yaml'));
