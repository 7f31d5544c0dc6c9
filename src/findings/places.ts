import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PlacedFinding } from '../model/findings.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import { type Match, matches } from '../rules/match.ts';
import type { Rule } from '../rules/rule.ts';
import { applicationSubjects, type Subject, toolSubjects } from '../rules/subjects.ts';
import type { Target } from '../rules/targets.ts';
import { resolveInside } from '../workspace/repository.ts';

/** Reads a file of the repository, once; null where it cannot be read. */
export type ReadLines = (file: string) => readonly string[] | null;

/** @param root the repository; nothing outside it is read */
export function linesOf(root: string): ReadLines {
  const kept = new Map<string, readonly string[] | null>();
  return (file) => {
    if (!kept.has(file)) kept.set(file, read(root, file));
    return kept.get(file) ?? null;
  };
}

function read(root: string, file: string): string[] | null {
  try {
    return readFileSync(resolveInside(root, file), 'utf8').split(/\r\n|\r|\n/);
  } catch {
    return null;
  }
}

/**
 * What the rules find of these facts, a finding a place, whichever of the targets it is about.
 *
 * @param folder of the service that the facts are of, relative to the root; `.` for the root itself
 * @param lines the root's files, which places are in
 */
export function findingsOf(
  rules: readonly Rule[],
  targets: readonly Target[],
  inventory: Inventory,
  folder: string,
  lines: ReadLines,
): PlacedFinding[] {
  const application = below(folder, applicationSubjects(inventory));
  // Developers' packages and flags are no fact of production; advice is about them, too.
  const all = [...application, ...below(folder, toolSubjects(inventory))];
  const isAdvice = ({ severity }: Rule): boolean => severity === 'advice';
  const grounds = [
    [rules.filter((rule) => !isAdvice(rule)), application],
    [rules.filter(isAdvice), all],
  ] as const;
  const found = new Map<string, PlacedFinding>();
  const counted = new Map<string, number>();
  for (const target of targets) {
    for (const match of grounds.flatMap(([own, subjects]) => matches(own, target, subjects))) {
      for (const place of match.places.length > 0 ? match.places : [null]) {
        const key = [
          match.rule.id,
          place && `${place.file}:${place.line}:${place.column}`,
          match.sentence,
        ].join('\n');
        const known = found.get(key);
        if (known && !known.targets.includes(target.name)) known.targets.push(target.name);
        if (!known) found.set(key, finding(match, place, target, lines, counted));
      }
    }
  }
  return [...found.values()].sort(inOrder);
}

const SEVERITIES = ['blocks', 'differs', 'advice'];
const inOrder = (a: PlacedFinding, b: PlacedFinding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  order(a.location?.file ?? '', b.location?.file ?? '') ||
  (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
  order(a.rule, b.rule);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function finding(
  { rule, sentence, remedy }: Match,
  location: Location | null,
  target: Target,
  lines: ReadLines,
  counted: Map<string, number>,
): PlacedFinding {
  const { id, title, category, severity, command, links, source, asOf } = rule;
  const snippet = location === null ? null : (lines(location.file)?.[location.line - 1]?.trim() ?? '');
  const said = [id, location?.file ?? '', snippet ?? ''].join('\n');
  const nth = (counted.get(said) ?? 0) + 1;
  counted.set(said, nth);
  return {
    ...{ rule: id, title, category, severity, targets: [target.name], message: sentence, remedy, command },
    ...{ links, source, asOf, location, snippet: snippet === null ? null : snippet.slice(0, 200) },
    fingerprint: createHash('sha256').update(`${said}\n${nth}`).digest('hex').slice(0, 16),
    ...{ state: 'new', reason: null },
  };
}

/** Facts of a service, with places as the root has them. */
const below = (folder: string, subjects: readonly Subject[]): readonly Subject[] =>
  folder === '.'
    ? subjects
    : subjects.map((subject) => ({
        ...subject,
        location: subject.location && { ...subject.location, file: `${folder}/${subject.location.file}` },
      }));
