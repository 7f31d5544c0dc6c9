import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { MigrateError } from '../../model/errors.ts';
import { type Waiver, WaiverFile } from '../../model/waiver.ts';
import { tooWide } from './narrow.ts';

/**
 * Reads `.migrate/waivers.yaml`; a missing file means none.
 *
 * @throws MigrateError WAIVERS_INVALID naming the file and the field
 */
export const readWaivers = (file: string): Waiver[] =>
  existsSync(file) ? parseWaivers(readFileSync(file, 'utf8'), file) : [];

/** @throws MigrateError WAIVERS_INVALID naming the file and the field */
export function parseWaivers(text: string, file: string): Waiver[] {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw invalid(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  if (value === null || value === undefined) return [];
  const parsed = WaiverFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(
      `${file} is malformed at ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
      'A waiver has route, location, reason and expires (a date); kind, runtime, old, new, same, when, follows and author are optional.',
    );
  }
  const list = parsed.data.waivers ?? [];
  for (const [i, waiver] of list.entries()) {
    const refused = tooWide(waiver);
    if (refused) throw invalid(`${file} is malformed at waivers.${i}: ${refused}.`);
  }
  return list;
}

const invalid = (message: string, hint?: string) =>
  new MigrateError('WAIVERS_INVALID', message, hint === undefined ? {} : { hint });
