import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makerLives } from '../workspace/alive.ts';

/** Copies stand in the system's folder for temporary files, named after the process that made them. */
const SCRATCH = 'migrate-shadow-';

/** The real path: the application sees it, and it must be recognised in its answers. */
export async function newScratch(): Promise<string> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`)));
  await sweep();
  return scratch;
}

/** Removes copies whose run was killed before it could. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${SCRATCH}(\\d+)-`).exec(name)?.[1];
    const copy = join(tmpdir(), name);
    if (owner === undefined || makerLives(Number(owner), copy)) continue;
    await rm(copy, { recursive: true, force: true }).catch(() => {});
  }
}
