import semver from 'semver';
import type { Location } from '../model/location.ts';
import type { Rule, When } from './rule.ts';
import { OF_PRODUCTION, type Subject } from './subjects.ts';
import { type Target, targetVersion } from './targets.ts';

/** A rule that applies, with the places of one sentence it makes. */
export interface Match {
  rule: Rule;
  sentence: string;
  remedy: string | null;
  /** Every place it applies to; none where it is about the application as a whole. */
  places: Location[];
}

/**
 * The rules that apply, one entry for each sentence they make. `{{names}}` lists everything a rule matched, or with `each` one name an entry. With `everyRoute` only rules that keep the whole
 * application off the edge.
 */
export function matches(
  rules: readonly Rule[],
  target: Target,
  subjects: readonly Subject[],
  options: { each?: boolean; everyRoute?: boolean } = {},
): Match[] {
  const found: Match[] = [];
  for (const rule of rules) {
    if (!isFor(rule, target) || (options.everyRoute && !rule.everyRoute)) continue;
    const grouped = new Map<string, { subject: Subject | null; places: Location[] }>();
    const matched = matching(rule, subjects);
    const names = listed([
      ...new Set(matched.flatMap((subject) => (subject ? [`\`${subject.name}\``] : []))),
    ]);
    for (const subject of matched) {
      const list = options.each && subject ? `\`${subject.name}\`` : names;
      const isLoaded = subject?.kind !== 'package' || subject.indirect !== true || rule.severity === 'advice';
      const text = sentence(rule.message.replaceAll('{{names}}', list), subject) + (isLoaded ? '' : UNLOADED);
      const group = grouped.get(text) ?? { subject, places: [] };
      if (subject?.location) group.places.push(subject.location);
      grouped.set(text, group);
    }
    for (const [text, { subject, places }] of grouped)
      found.push({
        ...{ rule, places },
        sentence: text,
        remedy: rule.remedy === null ? null : sentence(rule.remedy, subject),
      });
  }
  return found;
}

/** Names that a sentence can hold; the places are all told beside it. */
const MOST_NAMES = 12;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES - 2).join(', ')} and ${names.length - MOST_NAMES + 2} more`;

/** What a match says of all its places together: with their number, where the sentence does not name each. */
export const countedSentence = ({ rule, sentence, places }: Match): string =>
  places.length > 1 && !rule.message.includes('{{names}}')
    ? `${sentence} (${places.length} places)`
    : sentence;

/** Whether a rule is about a target, in the version that was asked for. */
export const isFor = (rule: Rule, { name, spec }: Target): boolean =>
  name !== 'not-sure' && rule.targets.includes(name) && inBounds(targetVersion(spec), rule);

/** Packages that load others by a name that is configured, or because they are there. */
const LOADS_BY_NAME: ReadonlySet<string> = new Set([
  ...[
    '@adonisjs/core',
    '@mikro-orm/core',
    '@nestjs/core',
    '@strapi/strapi',
    'gatsby',
    'knex',
    'next',
    'nuxt',
  ],
  ...['objection', 'sails', 'sequelize', 'sequelize-typescript', 'typeorm', 'waterline'],
]);

/** Subjects a rule applies to; `null` stands for a rule that always does where there is an application. */
function matching(rule: Rule, subjects: readonly Subject[]): (Subject | null)[] {
  if (subjects.some((subject) => rule.unless.some((when) => applies(when, subject)))) return [];
  const { beside } = rule;
  if (beside.length > 0 && !subjects.some((subject) => beside.some((when) => applies(when, subject))))
    return [];
  if (rule.when.some((when) => 'always' in when))
    return subjects.some(({ kind }) => kind === 'application') ? [null] : [];
  const isAdvice = rule.severity === 'advice';
  // What nothing calls need not be written otherwise: what lies above it is advised on.
  const isCalled = isAdvice && OF_PRODUCTION.has(rule.category);
  const has = (names: { has(name: string): boolean }) =>
    subjects.some(
      (subject) =>
        /^(?:package|framework)$/.test(subject.kind) &&
        names.has(subject.name) &&
        !('indirect' in subject && subject.indirect === true),
    );
  const isUnused = rule.imported === 'always' || (rule.imported && !has(LOADS_BY_NAME));
  const isBeneath = rule.beneath.length > 0 && has(new Set(rule.beneath));
  const leftOut = isCalled || isUnused || isBeneath;
  const isLeftOut = (subject: Subject): boolean =>
    leftOut &&
    'indirect' in subject &&
    subject.indirect === true &&
    // What a package brings is loaded by that.
    !('brought' in subject && subject.brought === true);
  const asked = subjects.filter((subject) => !isLeftOut(subject));
  return asked.filter((subject) => rule.when.some((when) => applies(when, subject, isAdvice)));
}

function applies(when: When, subject: Subject, isAdvice = false): boolean {
  if ('package' in when) {
    const named = subject.kind === 'package' || subject.kind === 'addon';
    // What a package brings for itself is advised on by nobody.
    if (subject.kind === 'addon' && subject.brought && isAdvice) return false;
    if (!named || subject.name !== when.package || !inBounds(lowest(subject.version), when)) return false;
    return !when.members || (subject.kind === 'package' && when.members.includes(subject.member ?? ''));
  }
  if ('builtin' in when) {
    if (subject.kind !== 'builtin' || subject.name !== when.builtin) return false;
    if (subject.unused && !when.loads) return false;
    if (subject.member !== null && when.except?.includes(subject.member)) return false;
    return !when.members || (subject.member !== null && when.members.includes(subject.member));
  }
  if ('program' in when) return subject.kind === 'program' && subject.name === when.program;
  if ('flag' in when) return subject.kind === 'flag' && subject.name === when.flag;
  if ('need' in when)
    return (
      subject.kind === 'need' &&
      subject.need === when.need &&
      (!when.names || when.names.includes(subject.name))
    );
  if ('modules' in when) return subject.kind === 'modules';
  if ('trait' in when) {
    if (subject.kind !== 'trait' || subject.trait !== when.trait) return false;
    return !when.names || when.names.includes(subject.name);
  }
  if ('sign' in when) {
    if (subject.kind !== 'sign' || subject.sign !== when.sign) return false;
    if (when.scheme && !subject.name.startsWith(`${when.scheme}:`)) return false;
    return !when.names || when.names.includes(subject.name);
  }
  if ('seen' in when)
    return (
      subject.kind === 'seen' &&
      subject.seen === when.seen &&
      (!when.names || when.names.includes(subject.name))
    );
  if ('variable' in when) return subject.kind === 'variable' && subject.name === when.variable;
  if ('manager' in when) return subject.kind === 'manager' && subject.name === when.manager;
  if ('workspaces' in when)
    return subject.kind === 'manager' && subject.workspaces && subject.name === when.workspaces;
  if ('framework' in when) return subject.kind === 'framework' && subject.name === when.framework;
  if ('addon' in when) {
    if (subject.kind !== 'addon' || when.except?.includes(subject.name)) return false;
    return when.addon === 'any' || (when.addon === 'v8' ? subject.abi === 'v8' : subject.abi === null);
  }
  return false;
}

/** Without a version a bound cannot be judged; the row then applies, as the careful answer. */
function inBounds(
  version: string | null,
  bounds: { from?: string | undefined; below?: string | undefined },
): boolean {
  if (version === null) return true;
  return (
    (!bounds.from || semver.gte(version, bounds.from)) && (!bounds.below || semver.lt(version, bounds.below))
  );
}

/** An exact version, or the lowest a range allows. */
function lowest(version: string | null): string | null {
  if (version === null) return null;
  return (
    semver.valid(version) ??
    (semver.validRange(version) ? (semver.minVersion(version)?.version ?? null) : null)
  );
}

const UNLOADED = ' (it is declared, and no file of the application that is loaded imports it itself)';

function sentence(text: string, subject: Subject | null): string {
  const values: Record<string, string | null> = {
    name: subject?.name ?? null,
    version: subject && 'version' in subject ? subject.version : null,
    member: subject && 'member' in subject ? subject.member : null,
  };
  return text
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
