import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { MigrateError } from '../../model/errors.ts';
import { type FindingWaiver, type Waiver, WaiverFile } from '../../model/waiver.ts';
import { tooWide } from './narrow.ts';

/**
 * Reads `.migrate/waivers.yaml`; a missing file means none.
 *
 * @throws MigrateError WAIVERS_INVALID naming the file and the field
 */
export const readWaivers = (file: string): Waiver[] =>
  existsSync(file) ? parseWaivers(readFileSync(file, 'utf8'), file) : [];

/** Findings that the team accepts, from the same file. @throws MigrateError as {@link readWaivers} does */
export const readFindingWaivers = (file: string): FindingWaiver[] =>
  existsSync(file) ? (parsed(readFileSync(file, 'utf8'), file).findings ?? []) : [];

/** @throws MigrateError WAIVERS_INVALID naming the file and the field */
export function parseWaivers(text: string, file: string): Waiver[] {
  const list = parsed(text, file).waivers ?? [];
  for (const [i, waiver] of list.entries()) {
    const refused = tooWide(waiver);
    if (refused) throw invalid(`${file} is malformed at waivers.${i}: ${refused}.`);
  }
  return list;
}

function parsed(text: string, file: string): WaiverFile {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw invalid(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  if (value === null || value === undefined) return {};
  const read = WaiverFile.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(
      `${file} is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
      read.error.issues[0]?.path[0] === 'findings'
        ? 'A finding that is accepted has rule, reason and expires (a date); file and author are optional.'
        : 'A waiver has route, location, reason and expires (a date); kind, runtime, old, new, same, when, follows and author are optional.',
    );
  }
  return read.data;
}

const invalid = (message: string, hint?: string) =>
  new MigrateError('WAIVERS_INVALID', message, hint === undefined ? {} : { hint });
