import { mkdir } from 'node:fs/promises';
import { mkdirp, mkdirpSync } from "mkdirp";
import { rimraf } from 'rimraf';

export async function fresh(folder: string): Promise<void> {
  await rimraf(folder);
  await mkdirp(folder, { mode: 0o700 });
  await mkdir(`${folder}/a`);
}

export const nested = (folder: string): void => {
  mkdirpSync(folder);
};
