import type { ChangeSet, ExpectedDifference, LeftOut } from '../model/changeset.ts';
import type { Location } from '../model/location.ts';
import type { ValueSelector } from '../model/waiver.ts';
import { wrap } from './columns.ts';
import type { Io } from './io.ts';

/** Places of one behaviour before the rest is only counted. */
const MOST_PLACES = 3;

/** What clients will see otherwise on purpose, the edit that causes each, and what stays although it was to go. */
export function printLeftOut(
  io: Io,
  { leftOut = [], kept = [], waivers = [], journal }: ChangeSet,
  all: boolean,
): void {
  const { bold, dim } = io.colors;
  if (leftOut.length > 0)
    io.line('Left out: the next shadow run will show these differences, by these edits');
  for (const each of leftOut) {
    const places = placesOf(each.places, all ? each.places.length : MOST_PLACES);
    io.line(`  ${bold(each.behaviour)}  ${places}${dim(`   ${each.codemod}/${each.rule}`)}`);
    for (const text of wrap('      ', `${each.about}.`, 6)) io.line(text);
    for (const text of wrap('      → ', all ? everything(each) : inShort(each), 8)) io.line(dim(text));
  }
  if (leftOut.length > 0 && !all) io.line(dim('      --all tells them one by one'));
  if (kept.length > 0) io.line('Kept, because the application’s own code means it');
  for (const { behaviour, reason, files } of kept) {
    const where = files.length > 1 ? `${files[0]} and ${files.length - 1} more` : (files[0] ?? '');
    for (const text of wrap(`  ${bold(behaviour)}  `, `${reason}   ${where}`, 6)) io.line(text);
  }
  if (waivers.length === 0) return;
  const [first] = waivers;
  const where = journal ? 'are in' : 'would be written to';
  const text = `${waivers.length} ${where} .migrate/waivers.yaml, until ${first?.expires}: a shadow run accepts these differences where these edits make them, and nothing else.`;
  const [line = '', ...more] = wrap('', text, 8);
  io.line(`${dim('waivers')}  ${line}`);
  for (const rest of more) io.line(rest);
}

function placesOf(places: readonly Location[], most: number): string {
  const shown = places.slice(0, most).map(({ file, line }) => `${file}:${line}`);
  const rest = places.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Where a behaviour is seen, and in which words, each once. */
function inShort({ differences }: LeftOut): string {
  const places = new Map<string, Set<string>>();
  for (const { location, about, follows } of differences) {
    if (follows) continue;
    const seen = places.get(about) ?? new Set<string>();
    places.set(about, seen.add(placeIn(location)));
  }
  return [...places].map(([about, seen]) => `${[...seen].join(', ')}: ${about}`).join(' · ');
}

/** A place of an answer in words: `header:*` are its headers. */
const placeIn = (location: string): string =>
  /^(?:header|cookie):\*$/.test(location)
    ? `${location.slice(0, -2)}s`
    : location.replace(/^header:/, '').replace(/\*$/, '');

/** The differences of a behaviour; what only follows another status is one of them. */
const everything = ({ differences }: LeftOut): string =>
  [
    ...differences.filter(({ follows }) => !follows).map(difference),
    ...(differences.some(({ follows }) => follows) ? ['and the rest of such an answer'] : []),
  ].join(' · ');

/** A value as it is announced: `…` for any, `nothing` for none. */
function shown(value: ValueSelector | undefined): string {
  if (value === undefined) return '…';
  if (value === null) return 'nothing';
  if (typeof value !== 'object') return String(value);
  return 'type' in value ? value.type : `/${value.matches}/`;
}

function difference({ location, old, new: next, about }: ExpectedDifference): string {
  const values = old !== undefined || next !== undefined ? ` ${shown(old)} → ${shown(next)}` : '';
  return `${location}${values} (${about})`;
}
