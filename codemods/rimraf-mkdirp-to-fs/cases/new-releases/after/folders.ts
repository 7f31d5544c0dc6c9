import { mkdir } from 'node:fs/promises';
import { mkdirSync, promises as fsPromises } from "node:fs";
import { rm } from 'node:fs/promises';

export async function fresh(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await fsPromises.mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(`${folder}/a`);
}

export const nested = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
};
