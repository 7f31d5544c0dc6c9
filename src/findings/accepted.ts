import type { DeadAcceptance, PlacedFinding } from '../model/findings.ts';
import type { FindingWaiver } from '../model/waiver.ts';
import type { Acceptance } from './comments.ts';

/** What the code and the team accept, the rules that there are, and the date that an end is held against. */
export interface Accepting {
  comments: readonly Acceptance[];
  waivers: readonly FindingWaiver[];
  rules: ReadonlySet<string>;
  /** ISO date. */
  today: string;
}

/** Marks findings that a comment or a waiver accepts, and lists what accepts nothing (any more). */
export function accept(
  findings: readonly PlacedFinding[],
  { comments, waivers, rules, today }: Accepting,
): { findings: PlacedFinding[]; dead: DeadAcceptance[] } {
  const used = new Set<string>();
  const marked = findings.map((finding): PlacedFinding => {
    const comment = comments.find(
      (each) =>
        isOpen(each.until, today) &&
        each.reason !== '' &&
        each.rules.includes(finding.rule) &&
        finding.location?.file === each.file &&
        finding.location.line === each.line,
    );
    if (comment) {
      used.add(commentKey(comment, finding.rule));
      return { ...finding, state: 'accepted', reason: comment.reason };
    }
    const at = waivers.findIndex((each) => isOpen(each.expires, today) && covers(each, finding));
    if (at === -1) return finding;
    used.add(`waiver ${at}`);
    return { ...finding, state: 'accepted', reason: waivers[at]?.reason ?? null };
  });
  const why = (rule: string, until: string | null, reason: string): DeadAcceptance['why'] => {
    if (!rules.has(rule)) return 'no such rule';
    if (reason === '') return 'gives no reason';
    return isOpen(until, today) ? 'matches nothing' : 'expired';
  };
  const dead = [
    ...comments.flatMap((each) =>
      each.rules
        .filter((rule) => !used.has(commentKey(each, rule)))
        .map((rule) => ({ rule, where: `${each.file}:${each.at}`, why: why(rule, each.until, each.reason) })),
    ),
    ...waivers.flatMap(({ rule, expires, reason }, at) =>
      used.has(`waiver ${at}`)
        ? []
        : [{ rule, where: `.migrate/waivers.yaml findings.${at}`, why: why(rule, expires, reason) }],
    ),
  ];
  return { findings: marked, dead };
}

const isOpen = (until: string | null, today: string): boolean => until === null || today <= until;
const commentKey = ({ file, at }: Acceptance, rule: string): string => `${file}:${at} ${rule}`;

function covers({ rule, file }: FindingWaiver, finding: PlacedFinding): boolean {
  if (rule !== finding.rule) return false;
  if (file === undefined) return true;
  const own = finding.location?.file;
  if (own === undefined) return false;
  return file.endsWith('*') ? own.startsWith(file.slice(0, -1)) : own === file;
}
