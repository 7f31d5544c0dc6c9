import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';

/**
 * Type-checks every TypeScript file of the applications placed under a folder, with `strict`, in one run of tsc. Cases
 * share that run, so each declares members of its own on `Express.Request`.
 *
 * @returns the first error by case id; empty when all pass
 */
export async function typeErrors(root: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const settings = {
    compilerOptions: {
      ...{ strict: true, noEmit: true, skipLibCheck: true, esModuleInterop: true },
      ...{ module: 'nodenext', target: 'es2022', allowImportingTsExtensions: true },
      ...{ types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] },
    },
    include: ['*/**/*.ts'],
    exclude: ['**/node_modules'],
  };
  const file = join(folder, 'tsconfig.json');
  await writeFile(file, JSON.stringify(settings));
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { stdout, exitCode } = await execa(tsc, ['-p', file, '--pretty', 'false'], {
    cwd: folder,
    reject: false,
    timeout: 120_000,
  });
  const errors = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, id, place = '', text = ''] = /^([^/]+)\/(\S+\(\d+,\d+\)): error (.*)$/.exec(line) ?? [];
    if (id !== undefined && !errors.has(id)) errors.set(id, `${place} ${text}`);
  }
  if (exitCode !== 0 && errors.size === 0)
    throw new Error(`tsc failed on ${basename(folder)}: ${stdout.slice(0, 300)}`);
  return errors;
}
