import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Asked, type Host, NO_SERVICE } from './host.ts';
import type { Answer } from './inside/check.ts';
import { MARK } from './inside/process.ts';
import { howItEnded, runLimited } from './limited.ts';

type Line = { start?: string; end?: Answer; unloadable?: string; done?: true };

/** Asks a runtime that runs programs: one process for all checks, and the next one where it dies. */
export const processHost = (
  argv: readonly string[],
  folder: string,
  origin: string,
  signal: AbortSignal,
): Host => ({
  async ask(program, checks, limitMs, { service, own } = NO_SERVICE): Promise<Asked> {
    const answers: Answer[] = [];
    for (let left = [...checks]; left.length > 0; ) {
      const scratch = await mkdtemp(join(folder, 'run-'));
      const file = join(folder, `${program.name}.mjs`);
      await writeFile(file, program.text);
      let current: string | null = null;
      let unloadable: string | null = null;
      const ended = await runLimited(
        [...argv, file, JSON.stringify({ checks: left, limitMs, scratch, origin, service, own })],
        {
          ...{ cwd: scratch, silentMs: limitMs + 6_000, signal },
          onLine(text) {
            if (!text.includes(MARK)) return;
            const line = JSON.parse(text.slice(text.indexOf(MARK) + MARK.length)) as Line;
            if (line.start !== undefined) current = line.start;
            if (line.unloadable !== undefined) unloadable = line.unloadable;
            if (line.end !== undefined) {
              answers.push(line.end);
              current = null;
            }
          },
        },
      );
      await rm(scratch, { recursive: true, force: true });
      if (unloadable !== null) return { unloadable, answers };
      // Ended while it loaded: the first check is what it did not come to.
      const dead =
        current ??
        (left.some((name) => !answers.some(({ check }) => check === name))
          ? left.find((name) => !answers.some(({ check }) => check === name))
          : undefined);
      if (dead !== undefined) answers.push({ check: dead, level: 'throws', saw: howItEnded(ended) });
      left = left.filter((name) => !answers.some(({ check }) => check === name));
    }
    return { unloadable: null, answers };
  },
  async tell(program) {
    const file = join(folder, `${program.name}.mjs`);
    await writeFile(file, program.text);
    const ended = await runLimited([...argv, file], { cwd: folder, silentMs: 30_000, signal });
    const line = ended.stdout.split('\n').find((text) => text.includes(MARK));
    if (line === undefined) throw new Error(`no list of exports: ${howItEnded(ended)}`);
    return JSON.parse(line.slice(line.indexOf(MARK) + MARK.length));
  },
});
