import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeSection } from '../../section.ts';
import { loadGenerator } from './load.ts';
import { speedPage } from './page.ts';
import { type Measured, measureSpeed } from './run.ts';
import { ASKED } from './sides.ts';

/**
 * Measures the converted applications against the originals and those by hand.
 *
 * @param root this repository, built
 * @returns exit code
 */
export async function runSpeed(
  root: string,
  values: { only?: string | undefined; json: boolean; write: boolean; rounds: number; seconds: number },
): Promise<number> {
  const { only = '', json, write, rounds, seconds } = values;
  const generator = await loadGenerator();
  if (generator === null) {
    process.stderr.write('wrk is not installed: the speed is measured with it (apt-get install wrk).\n');
    return 3;
  }
  process.env.MIGRATE_CACHE ??= join(root, '.cache');
  // What discovers files beside itself must run from where it was built.
  const runtimes = (await import(
    pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href
  )) as typeof import('../../../src/runtimes/index.ts');
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-speed-'));
  const made = { generator, rounds, seconds, busy: loadavg()[0] ?? 0 };
  const measured: Measured[] = [];
  try {
    const names = Object.keys(ASKED).filter((name) => name.includes(only));
    await measureSpeed({
      ...{ root, scratch, runtimes, names, rounds, seconds },
      done(one) {
        measured.push(one);
        process.stderr.write(`${one.name} on ${one.target}: ${JSON.stringify(one.rates)}\n`);
      },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const page = speedPage(measured, made);
  process.stdout.write(json ? `${JSON.stringify({ ...made, measured }, null, 2)}\n` : `${page.join('\n')}\n`);
  if (write && only === '') writeSection(root, 'output-speed', page, 'output-score.md');
  return 0;
}
