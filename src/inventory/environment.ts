import type { EnvironmentVariable } from '../model/inventory.ts';
import type { ParsedFile } from '../workspace/syntax/parse.ts';
import { evidenceIn } from './evidence.ts';

/** A read; an assignment (`process.env.X = …`) is none. */
const READ = /\bprocess\.env(?:\.([A-Za-z_]\w*)|\[\s*(["'])([A-Za-z_]\w*)\2\s*\])(?!\w|\s*=[^=])/g;
const DESTRUCTURED = /\{([^{}]*)\}\s*=\s*process\.env\b/g;

/** Environment variables a file reads by a name that is written out. */
export function environmentReads(file: ParsedFile): EnvironmentVariable[] {
  const { text, comments } = file;
  if (!text.includes('process.env')) return [];
  const env: EnvironmentVariable[] = [];
  const add = (name: string | undefined, offset: number) => {
    if (!name || comments.some((comment) => comment.start <= offset && offset < comment.end)) return;
    env.push({ ...evidenceIn(file, file.locate(offset), offset, 'heuristic'), name });
  };
  for (const match of text.matchAll(READ)) add(match[1] ?? match[3], match.index);
  for (const match of text.matchAll(DESTRUCTURED)) {
    for (const name of (match[1] ?? '').matchAll(/(?<=^|,)\s*([A-Za-z_]\w*)/g)) {
      add(name[1], match.index + 1 + name.index + name[0].length - (name[1]?.length ?? 0));
    }
  }
  return env;
}
