import { existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { frames } from './frame.ts';
import { LogRecord, packName, SEGMENT, segmentName } from './record.ts';

/** State of a log that is to be continued. */
export interface Recovered {
  /** The segment to append to. */
  segment: number;
  lastSeq: number;
  cutBytes: number;
}

/** Numbers of the segments in a folder, ascending. */
export function segmentsOf(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => Number(SEGMENT.exec(name)?.[1] ?? []) || [])
    .sort((a, b) => a - b);
}

/** Cuts what a crash left at the end of the last segment, and finds where to go on. Earlier segments were synced whole. */
export async function recoverLog(folder: string): Promise<Recovered> {
  const segments = segmentsOf(folder);
  const last = segments.at(-1) ?? 1;
  let lastSeq = 0;
  let cutBytes = 0;
  for (const number of segments) {
    const file = await open(join(folder, segmentName(number)), 'r+');
    try {
      let end = 0;
      let packEnd = 0;
      for await (const { at, length, payload } of frames(file)) {
        if (!payload) continue;
        end = at + length;
        const record = LogRecord.safeParse(JSON.parse(payload.toString('utf8')));
        if (!record.success || record.data.type !== 'exchange') continue;
        const { seq, request, response } = record.data;
        lastSeq = Math.max(lastSeq, seq);
        for (const ref of [request.body, response?.body])
          if (ref?.pack === number && ref.size > 0) packEnd = Math.max(packEnd, ref.at + 8 + ref.size);
      }
      if (number !== last) continue;
      const { size } = await file.stat();
      if (size > end) {
        cutBytes += size - end;
        await file.truncate(end);
        await file.sync();
      }
      cutBytes += await cutBodies(join(folder, packName(number)), packEnd);
    } finally {
      await file.close();
    }
  }
  return { segment: last, lastSeq, cutBytes };
}

/** Bodies whose records never reached the disk. */
async function cutBodies(path: string, end: number): Promise<number> {
  if (!existsSync(path)) return 0;
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    if (size <= end) return 0;
    await file.truncate(end);
    await file.sync();
    return size - end;
  } finally {
    await file.close();
  }
}
