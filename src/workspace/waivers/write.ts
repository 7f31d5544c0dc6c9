import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMap, isSeq, parseDocument, stringify, type YAMLSeq } from 'yaml';
import type { Waiver } from '../../model/waiver.ts';
import { writeFileAtomic } from '../atomic.ts';
import { resolveInside } from '../repository.ts';
import { parseWaivers, readWaivers } from './read.ts';

/** The file of accepted findings, relative to the repository. */
export const WAIVERS_FILE = '.migrate/waivers.yaml';

const HEAD = `# Differences that are accepted. Those with an owner were prepared by a codemod: they serve that edit's differences alone.
waivers:
`;

/**
 * Adds waivers that a change prepared to `.migrate/waivers.yaml`, one a line, behind what stands there. One that is there
 * already, whoever wrote it, is not added.
 *
 * @param change the applied change, by which {@link takeOutWaivers} finds them
 * @returns those that were added
 * @throws MigrateError WAIVERS_INVALID when the file cannot be read; nothing is written then
 */
export function addWaivers(root: string, change: string, waivers: readonly Waiver[]): Waiver[] {
  const file = resolveInside(root, WAIVERS_FILE);
  const known = new Set(readWaivers(file).map(sayingOf));
  const added = waivers
    .filter((waiver) => !known.has(sayingOf(waiver)))
    .map((waiver): Waiver => ({ ...waiver, change }));
  if (added.length === 0) return [];
  const text = existsSync(file) ? readFileSync(file, 'utf8') : HEAD;
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic(file, withEntries(text, added));
  return added;
}

/** Takes out what a change had prepared and leaves everything else, to the byte. @returns how many */
export function takeOutWaivers(root: string, change: string): number {
  const file = resolveInside(root, WAIVERS_FILE);
  if (!existsSync(file)) return 0;
  const text = readFileSync(file, 'utf8');
  const list = listOf(text);
  const ours = (list?.items ?? []).filter((item) => isMap(item) && item.get('change') === change);
  let left = text;
  for (const item of ours.toReversed()) {
    if (!isMap(item) || !item.range) continue;
    const start = left.lastIndexOf('\n', item.range[0]);
    left = left.slice(0, start) + left.slice(item.range[1]);
  }
  if (ours.length === 0) return 0;
  if (left.trim() === HEAD.trim()) rmSync(file);
  else writeFileAtomic(file, left);
  return ours.length;
}

/** What a waiver accepts, whoever wrote it and until when. */
const sayingOf = ({ reason: _, expires: _until, author: _by, change: _of, ...rest }: Waiver): string =>
  JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

function listOf(text: string): YAMLSeq | null {
  const list = parseDocument(text).get('waivers');
  return isSeq(list) ? list : null;
}

function withEntries(text: string, added: readonly Waiver[]): string {
  const list = listOf(text);
  const last = list?.items.at(-1);
  const lines = (indent: string) => added.map((waiver) => `\n${indent}- ${inOneLine(waiver)}`).join('');
  if (list && !list.flow && isMap(last) && last.range && list.range) {
    // A comment behind the last one stays with it.
    const value = text.slice(0, last.range[1]).trimEnd().length;
    const end = value + (/^[^\r\n]*/.exec(text.slice(value))?.[0].length ?? 0);
    const first = text.lastIndexOf('\n', list.range[0]) + 1;
    return text.slice(0, end) + lines(text.slice(first, list.range[0])) + text.slice(end);
  }
  const isEmpty = parseWaivers(text, WAIVERS_FILE).length === 0;
  if (isEmpty && /^waivers:[ \t]*$/m.test(text))
    return text.replace(/^waivers:[ \t]*$/m, (key) => `${key}${lines('  ')}`);
  if (isEmpty && !/^waivers:/m.test(text))
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}waivers:${lines('  ')}\n`;
  const document = parseDocument(text);
  const kept = parseWaivers(text, WAIVERS_FILE);
  document.set('waivers', document.createNode([...kept, ...added]));
  return document.toString();
}

const inOneLine = (waiver: Waiver): string =>
  stringify(waiver, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();
