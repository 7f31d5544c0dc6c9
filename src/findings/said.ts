import type { PlacedFinding, Practice } from '../model/findings.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import { matches } from '../rules/match.ts';
import type { Rule } from '../rules/rule.ts';
import { applicationSubjects, isOfTools, toolSubjects } from '../rules/subjects.ts';
import type { Target } from '../rules/targets.ts';

/** What is said of a repository, with the places it is said of: of none, where it is about the application as a whole. */
export type Said = Omit<
  PlacedFinding,
  'location' | 'snippet' | 'fingerprint' | 'state' | 'reason' | 'targets'
> & {
  target: Target['name'];
  /** Findings of the inventory that it tells more of, at the same places. */
  insteadOf: readonly string[];
  places: readonly (Location | null)[];
};

/** What rules say of every application of a kind: practice for a target, and nothing about this one. */
export function practiceOf(
  rulesFor: (target: Target) => readonly Rule[],
  targets: readonly Target[],
  inventory: Inventory,
): Practice[] {
  const found = new Map<string, Practice>();
  const general = (target: Target) => rulesFor(target).filter((rule) => rule.general);
  for (const { rule, title, message, source, asOf, target } of saidByRules(general, targets, inventory)) {
    const known = found.get(rule);
    if (known) known.targets = [...new Set([...known.targets, target])];
    else found.set(rule, { ...{ rule, title, message, source, asOf }, targets: [target] });
  }
  return [...found.values()];
}

/** What rules say of these facts. A rule is left out where the inventory tells the same of a place that it saw. */
export function saidByRules(
  rulesFor: (target: Target) => readonly Rule[],
  targets: readonly Target[],
  inventory: Inventory,
): Said[] {
  const application = applicationSubjects(inventory);
  // Developers' packages and flags are no fact of production; advice is about them, too.
  const all = [...application, ...toolSubjects(inventory)];
  const isSeen = (rule: Rule, target: Target): boolean =>
    inventory.findings.some(
      (seen) => rule.seenAs.includes(seen.id) && seen.targets.some((each) => each.target === target.name),
    );
  return targets.flatMap((target) => {
    const open = rulesFor(target).filter((rule) => !isSeen(rule, target));
    const grounds = [
      [open.filter((rule) => !isOfTools(rule)), application],
      [open.filter(isOfTools), all],
    ] as const;
    return grounds.flatMap(([own, subjects]) =>
      matches(own, target, subjects).map(({ rule, sentence, remedy, places }): Said => {
        const { id, title, category, severity, command, links, source, asOf, insteadOf } = rule;
        return {
          ...{ rule: id, title, category, severity, message: sentence, remedy, refute: null, command, links },
          ...{ source, asOf, target: target.name, insteadOf },
          ...{ places: places.length > 0 ? places : [null] },
        };
      }),
    );
  });
}

/**
 * What the inventory saw and judged by itself, but for places that a rule tells more of.
 *
 * @param isAsked by the id and the topic of a finding
 */
export function saidByInventory(
  inventory: Inventory,
  targets: readonly Target[],
  isAsked: (id: string, topic: string) => boolean,
  byRules: readonly Said[],
): Said[] {
  const isToldOf = (id: string, target: Target['name'], place: Location | null): boolean =>
    byRules.some(
      (rule) =>
        rule.target === target &&
        rule.insteadOf.includes(id) &&
        rule.places.some((own) => own?.file === place?.file && own?.line === place?.line),
    );
  return inventory.findings
    .filter(({ id, topic }) => isAsked(id, topic))
    .flatMap((finding) =>
      finding.targets
        .filter(({ target }) => targets.some(({ name }) => name === target))
        .map(({ target, level, why }): Said => {
          const { id, topic, seen, refute, source, asOf, places, location } = finding;
          return {
            ...{ rule: id, title: seen, category: topic, severity: level, message: `${seen}: ${why}` },
            ...{ remedy: null, refute, command: null, links: [], source, asOf, target },
            insteadOf: [],
            places: (places.length > 0 ? places : [location]).filter((place) => !isToldOf(id, target, place)),
          };
        }),
    );
}
