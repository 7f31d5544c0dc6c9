import { z } from 'zod';
import { Sign, Trait } from '../model/inventory.ts';
import { TargetName } from '../model/plan.ts';
import { readShipped } from '../workspace/shipped.ts';
import { readYaml } from '../workspace/yaml.ts';

export const When = z.union([
  z.strictObject({
    package: z.string(),
    from: z.string().optional(),
    below: z.string().optional(),
    members: z.array(z.string()).optional(),
  }),
  z.strictObject({
    builtin: z.string(),
    members: z.array(z.string()).optional(),
    except: z.array(z.string()).optional(),
  }),
  z.strictObject({ flag: z.string() }),
  z.strictObject({ need: z.enum(['state', 'static', 'stream', 'unknown']) }),
  z.strictObject({ modules: z.literal('undeclared-commonjs') }),
  z.strictObject({ addon: z.enum(['any', 'v8', 'unknown']), except: z.array(z.string()).optional() }),
  z.strictObject({ framework: z.string() }),
  z.strictObject({ trait: Trait.shape.kind, names: z.array(z.string()).optional() }),
  z.strictObject({
    sign: Sign.shape.kind,
    names: z.array(z.string()).optional(),
    /** What an import begins with: `jsr` of `jsr:@std/path`. */
    scheme: z.string().optional(),
  }),
  /** Of a repository alone, or of one with several packages. */
  z.strictObject({ manager: z.string() }),
  z.strictObject({ workspaces: z.string() }),
  z.strictObject({ always: z.literal(true) }),
]);
export type When = z.infer<typeof When>;

const Row = z.strictObject({
  id: z.string(),
  targets: z.array(TargetName),
  /** Bounds of the target's own version. */
  from: z.string().optional(),
  below: z.string().optional(),
  when: z.array(When).min(1),
  severity: z.enum(['blocks', 'differs']),
  stages: z.array(z.string()),
  /** Of the application as a whole, not of single routes: none can go to the edge while it stands. */
  everyRoute: z.boolean().default(false),
  sentence: z.string(),
  remedy: z.string().nullable(),
  /** The command that does what `remedy` says. */
  command: z.string().nullable().default(null),
  /** When and with what it was measured, where the table's own date and source do not say it. */
  asOf: z.string().optional(),
  source: z.string().optional(),
  /**
   * By which command it can be measured again: `probe` for calls of the `when` (migrate probe runtimes), `probe (flags) --permission` for
   * one call, `bench:rows stripe` for a question of that bench, `bench:drivers`, `migrate observe`. Empty: by none.
   */
  measured: z.array(z.string()).default([]),
});
export type Row = z.infer<typeof Row>;

const Incompatibilities = z.strictObject({ asOf: z.string(), source: z.string(), rows: z.array(Row) });
export type Incompatibilities = z.infer<typeof Incompatibilities>;

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

const Advice = z.strictObject({
  asOf: z.string(),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      targets: z.array(TargetName),
      when: z.array(When).min(1),
      sentence: z.string(),
      source: z.string(),
    }),
  ),
});
/** What is worth doing where the repository shows the need. */
export type Advice = z.infer<typeof Advice>;

/** The dated tables shipped in `playbooks/data`. */
export const readIncompatibilities = (): Incompatibilities =>
  readYaml(Incompatibilities, 'data/incompatibilities.yaml', readShipped('data/incompatibilities.yaml'));

export const readMeasurements = (): Measurements =>
  readYaml(Measurements, 'data/measurements.yaml', readShipped('data/measurements.yaml'));

export const readWorkersPackages = (): WorkersPackages =>
  readYaml(WorkersPackages, 'data/workers-packages.yaml', readShipped('data/workers-packages.yaml'));

export const readScriptRules = (): ScriptRules =>
  readYaml(ScriptRules, 'data/scripts-on-bun.yaml', readShipped('data/scripts-on-bun.yaml'));

export const readAdvice = (): Advice => readYaml(Advice, 'data/advice.yaml', readShipped('data/advice.yaml'));
