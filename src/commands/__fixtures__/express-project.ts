import inquirer from 'inquirer';
import { vi } from 'vitest';
import { recordingIo } from '../../testing/io.ts';
import { project } from '../../testing/project.ts';
import { main } from '../main.ts';

export { project };

export const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'shop', main: 'app.js', dependencies: { express: '4.22.3' }, ...fields });
export const APP =
  "const express = require('express');\nconst app = express();\napp.get('/hello', (req, res) => res.json({ hello: 'you' }));\napp.listen(3000);\n";
/** An Express application of one route, with these files more, or in place of its own. */
export const shop = (files: Record<string, string | Uint8Array> = {}) =>
  project({ 'package.json': manifest(), 'app.js': APP, ...files });

/** Runs a command as `main` would from a shell in `cwd`. */
export async function run(cwd: string, args: string[], options: { interactive?: boolean } = {}) {
  const { io, printed } = recordingIo(cwd, options);
  const code = await main(args, io);
  const { out, notes, documents } = printed;
  return { code, out: out.join('\n'), notes: notes.join('\n'), documents };
}

/** Answers the next question, and remembers what was asked. */
export function answer(value: unknown) {
  const asked: { message: string; choices: { name: string; value: unknown }[]; default: unknown }[] = [];
  vi.spyOn(inquirer, 'prompt').mockImplementation(((questions: typeof asked) => {
    asked.push(...questions);
    if (value instanceof Error) return Promise.reject(value);
    return Promise.resolve({ answer: value });
  }) as unknown as typeof inquirer.prompt);
  return asked;
}
