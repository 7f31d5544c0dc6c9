import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import type { StoredObject } from '../contract.ts';

/** Where the host program says how it can be asked, inside the run folder. */
export const controlFile = (runFolder: string): string => join(runFolder, 'control.json');

/** Asks the host program for every object of every R2 bucket and KV namespace. */
export async function storedObjects(runFolder: string): Promise<StoredObject[]> {
  const { port, word } = JSON.parse(await readFile(controlFile(runFolder), 'utf8'));
  const { body } = await request(`http://127.0.0.1:${port}/`, { headers: { authorization: word } });
  const lines = (await body.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}
