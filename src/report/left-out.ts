import type { ChangeSet, ExpectedDifference, LeftOut } from '../model/changeset.ts';
import type { Location } from '../model/location.ts';
import { wrap } from './columns.ts';
import type { Io } from './io.ts';

/** Places of one behaviour before the rest is only counted. */
const MOST_PLACES = 3;

/** What clients will see otherwise on purpose, the edit that causes each, and what stays although it was to go. */
export function printLeftOut(io: Io, { leftOut = [], kept = [] }: ChangeSet, all: boolean): void {
  const { bold, dim } = io.colors;
  if (leftOut.length > 0)
    io.line('Left out: the next shadow run will show these differences, by these edits');
  for (const each of leftOut) {
    const places = placesOf(each.places, all ? each.places.length : MOST_PLACES);
    io.line(`  ${bold(each.behaviour)}  ${places}${dim(`   ${each.codemod}/${each.rule}`)}`);
    for (const text of wrap('      ', `${each.about}.`, 6)) io.line(text);
    for (const text of wrap('      → ', summary(each), 8)) io.line(dim(text));
  }
  if (kept.length > 0) io.line('Kept, because the application’s own code means it');
  for (const { behaviour, reason, files } of kept) {
    const where = files.length > 1 ? `${files[0]} and ${files.length - 1} more` : (files[0] ?? '');
    for (const text of wrap(`  ${bold(behaviour)}  `, `${reason}   ${where}`, 6)) io.line(text);
  }
  const accepted = waiverLines(leftOut, inNinetyDays());
  if (accepted.length === 0) return;
  io.line(
    `${dim('accept')}  these in .migrate/waivers.yaml, for 90 days (a status or a body needs its route named):`,
  );
  for (const line of accepted) io.line(dim(`    ${line}`));
}

function placesOf(places: readonly Location[], most: number): string {
  const shown = places.slice(0, most).map(({ file, line }) => `${file}:${line}`);
  const rest = places.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The differences of a behaviour; what only follows another status is one of them. */
const summary = ({ differences }: LeftOut): string =>
  [
    ...differences.filter(({ follows }) => !follows).map(difference),
    ...(differences.some(({ follows }) => follows) ? ['and the rest of such an answer'] : []),
  ].join(' · ');

function difference({ location, old, new: next, about }: ExpectedDifference): string {
  const values = old !== undefined || next !== undefined ? ` ${old ?? '…'} → ${next ?? '…'}` : '';
  return `${location}${values} (${about})`;
}

const inNinetyDays = (): string => new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);

/**
 * Waivers for what left-out behaviours change on every route: headers by name. A status or a body is never waived for all
 * routes at once, so those stand there as comments to be completed.
 *
 * @param expires ISO date
 */
export function waiverLines(leftOut: readonly LeftOut[], expires: string): string[] {
  const rows = leftOut.flatMap(({ behaviour, differences }) =>
    differences.flatMap(({ location, kind, about, follows }) => {
      if (follows) return [];
      const wide = !/^(header|cookie):[^*]+$/.test(location);
      const route = wide ? 'METHOD /template' : '*';
      const fields = [`route: "${route}"`, `location: "${location}"`, ...(kind ? [`kind: ${kind}`] : [])];
      const entry = `- { ${fields.join(', ')}, reason: "${behaviour} left out: ${about}", expires: ${expires} }`;
      return [{ wide, entry, key: fields.join() }];
    }),
  );
  const once = rows.filter((row, index) => rows.findIndex(({ key }) => key === row.key) === index);
  if (once.length === 0) return [];
  return [
    'waivers:',
    ...once.filter(({ wide }) => !wide).map(({ entry }) => `  ${entry}`),
    ...once.filter(({ wide }) => wide).map(({ entry }) => `  # ${entry}`),
  ];
}
