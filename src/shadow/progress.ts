import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../model/errors.ts';
import { syncDirectory } from '../workspace/atomic.ts';
import { mergeParts, Part } from './aggregate/parts.ts';
import { frame, frames } from './log/frame.ts';
import { lockFolder } from './log/lock.ts';
import type { Ledger } from './run-options.ts';

/** How a run was started: everything that a later attempt needs to go on with the same one. */
export const RunStart = z.object({
  type: z.literal('start'),
  version: z.literal(1),
  id: z.string(),
  startedAt: z.string(),
  cwd: z.string(),
  /** Options of the command as they were given. */
  options: z.record(z.string(), z.unknown()),
  /** Fingerprints of what must not change between attempts, by what it is called for people. */
  marks: z.record(z.string(), z.string()),
});
export type RunStart = z.infer<typeof RunStart>;

const Done = z.object({ type: z.literal('done'), upTo: z.int().min(1), part: Part });
/** What is known only once the sides run. */
const Marks = z.object({ type: z.literal('marks'), marks: z.record(z.string(), z.string()) });
const Entry = z.discriminatedUnion('type', [RunStart, Marks, Done]);

const FILE = 'progress.log';

/** What a progress log tells. */
export interface Progress {
  start: RunStart;
  upTo: number;
  part: Part | null;
  /** Bytes up to the end of the last whole entry. */
  end: number;
}

/**
 * Reads how far a run has come; null when the folder holds no progress log, or one that was torn in its first entry.
 * What a crash tore at the end is left out: it is compared again.
 */
export async function readProgress(folder: string): Promise<Progress | null> {
  const file = await open(join(folder, FILE), 'r').catch(() => null);
  if (!file) return null;
  let start: RunStart | undefined;
  const known: Omit<Progress, 'start'> = { upTo: 0, part: null, end: 0 };
  try {
    for await (const { at, length, payload } of frames(file)) {
      const entry = payload && Entry.safeParse(JSON.parse(payload.toString('utf8')));
      // Parts build on each other: after a damaged one nothing can be counted.
      if (!entry?.success) break;
      known.end = at + length;
      const { data } = entry;
      if (data.type === 'start') start ??= data;
      else if (data.type === 'marks') start &&= { ...start, marks: { ...start.marks, ...data.marks } };
      else {
        known.upTo = data.upTo;
        known.part = known.part ? mergeParts([known.part, data.part]) : data.part;
      }
    }
  } finally {
    await file.close();
  }
  return start ? { start, ...known } : null;
}

/** A run's progress log, open for appending. */
export interface ProgressLog extends Ledger {
  /** Adds marks to those the run started with. */
  mark(marks: Record<string, string>): Promise<void>;
  /** Whether this attempt has noted any comparison. */
  noted(): boolean;
  /** Why nothing more could be noted: the run goes on, and cannot be resumed beyond what was. */
  broken(): string | null;
  close(): Promise<void>;
}

/**
 * Begins a run's progress log, or goes on with one that was read. Each part is on the disk when `note` resolves.
 *
 * @param before what an earlier attempt left
 * @throws MigrateError RUN_BUSY (exit 3) when another process is at this run
 */
export async function openProgress(
  folder: string,
  start: RunStart,
  before: Progress | null = null,
): Promise<ProgressLog> {
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(
    folder,
    'run.pid',
    (pid) =>
      new MigrateError('RUN_BUSY', `The run ${start.id} is under way in process ${pid}.`, {
        hint: 'Wait for it, or stop that process first.',
      }),
  );
  const file = await open(join(folder, FILE), before ? 'r+' : 'w', 0o600);
  let end = before?.end ?? 0;
  let reason: string | null = null;
  let noted = false;
  const append = async (entry: z.input<typeof Entry>) => {
    if (reason !== null) return;
    try {
      const bytes = frame(Buffer.from(JSON.stringify(entry)));
      for (let done = 0; done < bytes.length; )
        done += (await file.write(bytes, done, bytes.length - done, end + done)).bytesWritten;
      await file.datasync();
      end += bytes.length;
    } catch (error) {
      reason = (error as Error).message;
    }
  };
  if (before) await file.truncate(end);
  else await append(start);
  syncDirectory(folder);
  return {
    upTo: before?.upTo ?? 0,
    part: before?.part ?? null,
    startedAt: new Date(start.startedAt),
    mark: (marks) => append({ type: 'marks', marks }),
    note(upTo, part) {
      noted = true;
      return append({ type: 'done', upTo, part });
    },
    noted: () => noted,
    broken: () => reason,
    async close() {
      await file.close();
      unlock();
    },
  };
}
