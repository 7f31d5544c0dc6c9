import { readdir } from 'node:fs/promises';
import type { AnySubject } from './contract.ts';

/** One file of `subjects/`. */
export interface Listed {
  /** Without its ending. */
  file: string;
  subject: AnySubject;
}

let found: Promise<Listed[]> | undefined;

/** Every subject there is, by the name of its module. */
export function listSubjects(): Promise<Listed[]> {
  found ??= read();
  return found;
}

async function read(): Promise<Listed[]> {
  const folder = new URL('./subjects/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /(?<!\.d)\.(ts|js)$/.test(name));
  const all = await Promise.all(
    names.map(async (name) => ({
      file: name.replace(/\.(ts|js)$/, ''),
      subject: ((await import(new URL(name, folder).href)) as { default: AnySubject }).default,
    })),
  );
  return all.sort((a, b) => (a.subject.module < b.subject.module ? -1 : 1));
}
