import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The `playbooks` folder of this package: beside `src` here, beside `dist` once built. */
export function playbooksFolder(): string {
  for (const up of ['../../playbooks/', '../../../playbooks/']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if (existsSync(folder)) return folder;
  }
  throw new Error('The playbooks folder of this package is missing.');
}

/** A file shipped below `playbooks`, as text. */
export const readShipped = (path: string): string => readFileSync(`${playbooksFolder()}${path}`, 'utf8');

/** Names of the YAML files directly in a folder below `playbooks`, sorted. */
export const listShipped = (folder = ''): string[] =>
  readdirSync(`${playbooksFolder()}${folder}`)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
