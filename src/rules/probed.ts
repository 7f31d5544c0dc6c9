import semver from 'semver';
import type { PlanTarget } from '../model/plan.ts';
import type { ProbedModule, ProbeTable } from '../model/probe-table.ts';
import { readProbeTables } from '../workspace/tables/probes.ts';
import { type Rule, UNBOUND } from './rule.ts';
import { type Target, titleOf } from './targets.ts';

/** The stages that a thing which does not work stands in the way of. */
const STAGES: Readonly<Record<string, string[]>> = {
  workers: ['edge-layer', 'full-switch'],
  bun: ['scripts-to-bun', 'full-switch'],
  deno: ['full-switch'],
  node: ['stay-on-node'],
};

const known = new WeakMap<readonly Rule[], Map<string, readonly Rule[]>>();

/**
 * The rules with what the target's own probe table says: those that were found by calling cite it, members that were called
 * and work are not blocked by the rule of their module, and members of which no rule speaks get one each.
 */
export function withProbes(rules: readonly Rule[], target: Target): readonly Rule[] {
  const own = known.get(rules) ?? new Map<string, readonly Rule[]>();
  known.set(rules, own);
  const kept = own.get(target.spec);
  if (kept) return kept;
  const probes = probeTable(target);
  const made = probes === null ? rules : joined(rules, target, probes);
  own.set(target.spec, made);
  return made;
}

/**
 * The table of the newest version a target's spec allows, for Workers of the newest date that is not after its own; null
 * where none is shipped.
 */
export function probeTable({ name, spec }: Target): ProbeTable | null {
  const range = spec.split('@')[1] ?? '*';
  const own = readProbeTables().filter(({ runtime }) => runtime === name);
  if (name === 'workers') {
    const dated = own.filter(({ compatibilityDate = '' }) => range === '*' || compatibilityDate <= range);
    return (
      dated.sort((a, b) => ((a.compatibilityDate ?? '') < (b.compatibilityDate ?? '') ? 1 : -1))[0] ?? null
    );
  }
  if (semver.validRange(range) === null) return null;
  const fitting = own.filter(({ version }) => semver.satisfies(version, range));
  return fitting.sort((a, b) => semver.rcompare(a.version, b.version))[0] ?? null;
}

function joined(rules: readonly Rule[], target: Target, probes: ProbeTable): readonly Rule[] {
  const source = `migrate probe runtimes on ${identity(probes)}`;
  const own = rules.filter(({ targets }) => targets.some((name) => name === target.name));
  const all = rules.map((rule) =>
    rule.measured.some(isProbe) && own.includes(rule) ? cited(rule, probes, source) : rule,
  );
  return [
    ...all,
    ...flagRules(target, probes, own, source),
    ...probes.modules.flatMap((module) => rulesOf(module, target, probes, own, source)),
  ];
}

const isProbe = (measured: string): boolean => measured.split(' ')[0] === 'probe';

/** A rule as the probe table bears it out: what was called and works is no matter of it. */
function cited(rule: Rule, probes: ProbeTable, source: string): Rule {
  const when = rule.when.map((one) => {
    if (!('builtin' in one) || one.members) return one;
    const works = probes.modules.find(({ module }) => module === one.builtin)?.works ?? [];
    return { ...one, except: [...(one.except ?? []), ...works.filter((check) => !check.includes(' '))] };
  });
  return { ...rule, when, source, asOf: probes.asOf };
}

/** What all rules that a table makes have alike. */
const made = (name: Exclude<Target['name'], 'not-sure'>, probes: ProbeTable, source: string) => ({
  ...{ targets: [name], stages: STAGES[name] ?? [], everyRoute: false, command: null, links: [] },
  ...{
    measured: ['probe'],
    seenAs: [],
    insteadOf: [],
    ...{ unless: [], ...UNBOUND },
    asOf: probes.asOf,
    source,
    file: 'data/probes',
  },
});

/** Rules for flags of Node that Bun takes in the same places, and refuses or does nothing with. */
function flagRules({ name }: Target, probes: ProbeTable, rules: readonly Rule[], source: string): Rule[] {
  if (name !== 'bun') return [];
  const speaks = (flag: string) =>
    rules.some(({ when }) => when.some((one) => 'flag' in one && one.flag === flag));
  const found = probes.modules.find(({ module }) => module === '(flags)')?.found ?? [];
  return found
    .filter(({ member }) => !speaks(member))
    .map(({ member, level }) => {
      const fails = level === 'throws';
      return {
        ...made(name, probes, source),
        ...{ id: `probe-${name}-${member}`, title: `${member} on Bun`, category: 'flags' },
        ...{ when: [{ flag: member }], severity: fails ? 'blocks' : 'differs' },
        message: `${identity(probes)} ${fails ? 'fails with {{name}}' : 'accepts {{name}}, and it has no effect'}`,
        remedy: 'start without it, or stay on Node with what needs it',
      };
    });
}

/** Rules for the members of a module that do not work and of which the others do not speak. */
function rulesOf(
  { module, missing, found, absent }: ProbedModule,
  { name }: Target,
  probes: ProbeTable,
  rules: readonly Rule[],
  source: string,
): Rule[] {
  if (name === 'not-sure') return [];
  const speaks = (member: string | null) =>
    rules.some(({ when }) =>
      when.some(
        (one) =>
          'builtin' in one &&
          one.builtin === module &&
          (!one.members || (member !== null && one.members.includes(member))),
      ),
    );
  const on = identity(probes);
  const rule = (id: string, members: string[] | null, severity: Rule['severity'], message: string): Rule => ({
    ...made(name, probes, source),
    ...{
      id: `probe-${name}-${id}`,
      title: `node:${module} on ${on}`,
      category: 'builtins',
      severity,
      message,
    },
    when: [{ builtin: module, ...(members === null ? { loads: true } : { members }) }],
    remedy: `do without it, or keep what calls it on ${name === 'workers' ? 'the origin' : 'Node'}`,
  });
  if (missing !== undefined)
    return speaks(null) ? [] : [rule(module, null, 'blocks', `node:{{name}} cannot be imported on ${on}`)];
  const gone = absent.filter((member) => !speaks(member));
  return [
    ...(gone.length > 0
      ? [rule(`${module}-missing`, gone, 'blocks', `{{name}}.{{member}} is missing on ${on}`)]
      : []),
    ...found.flatMap(({ member, of, level, saw }) => {
      // What was called for one of several things says nothing of a use whose arguments are not known.
      if (of !== undefined || speaks(member)) return [];
      const severity = level === 'throws' || level === 'member-missing' ? 'blocks' : 'differs';
      const says = `{{name}}.{{member}} ${SAYS[level]} on ${on}: ${plain(saw)}`;
      return [rule(`${module}.${member}`, [member], severity, says)];
    }),
  ];
}

const SAYS = {
  throws: 'was called and fails',
  'member-missing': 'is missing',
  'no-op': 'was called and does nothing',
  differs: 'was called and answers otherwise',
} as const;

/** Braces stand for names in a rule's message. */
const plain = (saw: string): string => saw.replaceAll('{{', '{ {').slice(0, 120);

const identity = ({ runtime, version, compatibilityDate }: ProbeTable): string =>
  compatibilityDate === undefined
    ? `${titleOf(runtime as PlanTarget['name']).split(' ')[0]} ${version}`
    : `Workers ${compatibilityDate} (workerd ${version})`;
