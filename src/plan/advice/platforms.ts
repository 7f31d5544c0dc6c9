import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory, NotChecked, Sign } from '../../model/inventory.ts';
import type { PlatformJudgement } from '../../model/platform.ts';
import { withProbes } from '../../rules/probed.ts';
import { type Rule, UNBOUND, When } from '../../rules/rule.ts';
import { applicationSubjects } from '../../rules/subjects.ts';
import { defaultSpec } from '../../rules/targets.ts';
import { readShipped } from '../../workspace/shipped.ts';
import { readYaml } from '../../workspace/yaml.ts';
import { incompatibilities } from '../incompatibilities.ts';

const Named = z.strictObject({ id: z.string(), names: z.array(z.string()).min(1), title: z.string() });
const Ended = z.strictObject({
  ...Named.shape,
  sentence: z.string(),
  /** What to take in its place, in words, and the first of it as --target takes it. */
  instead: z.string(),
  target: z.string(),
  asOf: z.string(),
  source: z.string(),
});
const Judged = z.strictObject({
  ...Named.shape,
  runsOn: z.enum(['node', 'deno']).nullable(),
  suits: z.string(),
  source: z.string(),
  limits: z.array(z.strictObject({ what: z.string(), value: z.string() })),
  rules: z.array(
    z.strictObject({
      id: z.string(),
      when: z.array(When).min(1),
      severity: z.enum(['blocks', 'differs']),
      sentence: z.string(),
      remedy: z.string(),
    }),
  ),
});
const Platforms = z.strictObject({ asOf: z.string(), ended: z.array(Ended), judged: z.array(Judged) });
type Platforms = z.infer<typeof Platforms>;
export type JudgedPlatform = Platforms['judged'][number];

/** The dated list of platforms that is shipped. */
export const readPlatforms = (): Platforms =>
  readYaml(Platforms, 'data/platforms.yaml', readShipped('data/platforms.yaml'));

/**
 * The platform that a `--target` names; null where it names none.
 *
 * @throws MigrateError (exit 2) `TARGET_ENDED` for one that has ended: when, by which source, and what to take instead
 */
export function platformOf(value: string): JudgedPlatform | null {
  const name = value.toLowerCase().split('@')[0] ?? '';
  const { ended, judged } = readPlatforms();
  const gone = ended.find(({ names }) => names.includes(name));
  if (gone)
    throw new MigrateError('TARGET_ENDED', `${gone.sentence} (${gone.source}, ${gone.asOf}).`, {
      hint: `Take ${gone.instead}: migrate plan --target ${gone.target}.`,
      exitCode: ExitCode.usage,
    });
  return judged.find(({ names }) => names.includes(name)) ?? null;
}

/** Platforms that this repository is deployed to and that have ended, each at its place. */
export function endedHere(signs: readonly Sign[]): { sign: Sign; sentence: string; instead: string }[] {
  const { ended } = readPlatforms();
  return signs.flatMap((sign) => {
    const name = sign.kind === 'edge-runtime' ? 'vercel-edge' : sign.kind === 'platform' ? sign.name : '';
    const found = ended.find(({ id }) => id === name);
    return found
      ? [{ sign, sentence: `${found.sentence} (${found.source}, ${found.asOf})`, instead: found.instead }]
      : [];
  });
}

/** Judges a repository by what the rules of a platform, and of the runtime it runs on, say. Nothing is run. */
export function judgePlatform(
  inventory: Inventory,
  platform: JudgedPlatform,
  rules: readonly Rule[],
): PlatformJudgement {
  const { asOf } = readPlatforms();
  const { id, title, source, limits, suits, runsOn } = platform;
  const name = runsOn ?? 'node';
  const own = platform.rules.map(
    ({ sentence, ...rule }): Rule => ({
      ...{ ...rule, title: rule.id, targets: [name], message: sentence, stages: [], everyRoute: false },
      ...{
        command: null,
        seenAs: [],
        measured: [],
        insteadOf: [],
        ...{ unless: [], ...UNBOUND },
        links: [],
        asOf,
        source,
        category: id,
        file: 'data/platforms.yaml',
      },
    }),
  );
  const target = { name, spec: defaultSpec(name) };
  const subjects = applicationSubjects(inventory);
  const findings = [
    ...incompatibilities([...own, ...(runsOn ? withProbes(rules, target) : [])], target, subjects),
  ];
  const blocking = findings.filter(({ severity }) => severity === 'blocks');
  const differing = findings.length - blocking.length;
  const isRead = inventory.frameworks.length > 0 && inventory.unreadRoutes.length === 0;
  const verdict = blocking.length > 0 ? 'blocked' : isRead ? 'nothing-known-blocks' : 'unknown';
  const sentence = {
    blocked: `Not as it is: ${blocking.length} known ${blocking.length === 1 ? 'rule stands' : 'rules stand'} against ${title}.`,
    'nothing-known-blocks': `No rule known here stands against ${title}${differing > 0 ? `; ${differing} things would be different` : ''}.`,
    unknown: `Not known: not all of its routes were read, and what was stands no rule of ${title} against.`,
  }[verdict];
  return {
    ...{ schema: 'migrate/platform', version: 1, platform: id, title, asOf, source },
    ...{ project: inventory.name, verdict, sentence, suits, limits, findings },
    notChecked: notRun(platform),
  };
}

function notRun({ title, runsOn, limits }: JudgedPlatform): NotChecked[] {
  return [
    {
      what: title,
      reason: `nothing was run: it does not exist outside of its own machines, so this is read from files and from dated rules${runsOn ? `; \`migrate try --on ${runsOn === 'node' ? 'node@24' : runsOn}\` tells about the runtime itself` : ''}`,
      location: null,
    },
    ...(limits.length > 0
      ? [
          {
            what: 'whether its limits are kept',
            reason: 'sizes and times of this application were not held against them',
            location: null,
          },
        ]
      : []),
  ];
}
