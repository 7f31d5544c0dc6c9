import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import semver from 'semver';
import type { RuntimeProgram } from '../contract.ts';

/** A runtime the user has installed. `binary` is the real executable, not the shim of a version manager. */
export interface FoundProgram {
  version: string;
  binary: string;
}

/**
 * Asks every program of that name on PATH for its version, in order.
 * `node_modules/.bin` folders are left out: npm puts them there, and what a package links there is no installed runtime.
 */
export async function programsOnPath(program: RuntimeProgram): Promise<FoundProgram[]> {
  const folders = new Set(
    (process.env.PATH ?? '')
      .split(delimiter)
      .filter((one) => one && !/[\\/]node_modules[\\/]\.bin[\\/]?$/.test(one)),
  );
  const found: FoundProgram[] = [];
  for (const folder of folders) {
    const file = join(folder, process.platform === 'win32' ? `${program.program}.exe` : program.program);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!runs) continue;
    const asked = await execa(file, program.probe, { reject: false, timeout: 5_000, stdin: 'ignore' });
    const [version, binary] = asked.failed ? [] : asked.stdout.split('\n').map((line) => line.trim());
    const clean = version ? semver.clean(version) : null;
    if (clean && binary) found.push({ version: clean, binary });
  }
  return found;
}
