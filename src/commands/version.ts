import { readFile } from 'node:fs/promises';

/** The version of this package. */
export async function ownVersion(): Promise<string> {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const parsed = JSON.parse(await readFile(new URL(up, import.meta.url), 'utf8'));
      if (parsed.name === 'runtime-migrate') return parsed.version;
    } catch {
      // One level is right in src/, the next in dist/src/.
    }
  }
  return '0.0.0';
}
