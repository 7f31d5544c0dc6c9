import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ChecklistName } from '../../src/model/checklist.ts';
import { Gates, StageGates } from '../../src/model/gates.ts';
import { Sign } from '../../src/model/inventory.ts';
import { shippedRules } from '../../src/rules/load.ts';

/** Points of each list of `migrate checklist`. */
const POINTS: Record<ChecklistName, number> = {
  choosing: 12,
  adopting: 12,
  mistakes: 10,
  'more-mistakes': 10,
};

/** Whether a home is there: it must be what it says it is, down to the flag, the point and the line. */
export function homesOf(root: string): (home: string) => boolean {
  const data = (file: string) =>
    parse(readFileSync(join(root, 'playbooks/data', file), 'utf8')) as Record<string, { id: string }[]>;
  const ids = (file: string, key: string) => new Set(data(file)[key]?.map(({ id }) => id));
  const known: Record<string, { has(name: string): boolean }> = {
    rule: new Set(shippedRules().map(({ id }) => id)),
    platform: ids('platforms.yaml', 'judged'),
    ended: ids('platforms.yaml', 'ended'),
    gate: new Set([...Object.keys(Gates.shape), ...Object.keys(StageGates.shape)]),
    sign: new Set<string>(Sign.shape.kind.options),
    codemod: { has: (name) => existsSync(join(root, 'codemods', name, 'index.ts')) },
    checklist: { has: isPoint },
  };
  return (home) => {
    const [kind, ...words] = home.split(' ');
    const [name = ''] = words;
    if (kind === 'migrate') return isCommand(root, words);
    if (kind && Object.hasOwn(known, kind)) return known[kind]?.has(name) ?? false;
    const [file = '', line] = home.split('#');
    const path = join(root, file);
    if (!existsSync(path)) return false;
    if (line !== undefined)
      return new RegExp(`^- \\*\\*${line}\\*\\* \\S`, 'm').test(readFileSync(path, 'utf8'));
    return statSync(path).isFile() || readdirSync(path).length > 0;
  };
}

/** `choosing-3`: the list has that many points. */
function isPoint(name: string): boolean {
  const [, list, at] = /^([a-z-]+)-(\d+)$/.exec(name) ?? [];
  const known = ChecklistName.safeParse(list).data;
  return known !== undefined && Number(at) >= 1 && Number(at) <= POINTS[known];
}

/** `shadow run --probe`: an entry that has the words and the flag. */
function isCommand(root: string, words: readonly string[]): boolean {
  const folder = join(root, 'src/commands/entries');
  const [name = '', sub] = words.filter((word) => !word.startsWith('--'));
  const file = [`${name}-${sub}.ts`, `${name}.ts`].find((each) => existsSync(join(folder, each)));
  if (!file) return false;
  const text = readFileSync(join(folder, file), 'utf8');
  const hasSub = sub === undefined || file === `${name}-${sub}.ts` || text.includes(`'${sub}`);
  return hasSub && words.filter((word) => word.startsWith('--')).every((flag) => text.includes(`'${flag}`));
}
