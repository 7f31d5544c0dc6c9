import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { RecordingCounts } from '../../model/recording.ts';
import { writeFileAtomic } from '../../workspace/atomic.ts';
import { redactionKey } from '../log/key.ts';
import { readRedactRules } from '../log/rules.ts';
import { openLog } from '../log/writer.ts';
import { isLoopback, startProxy } from './proxy.ts';
import { recorder } from './recorder.ts';

/** `recording.json` of a recording's folder. */
export const RecordingFile = z.object({
  schema: z.literal('migrate/recording'),
  version: z.literal(1),
  name: z.string(),
  upstream: z.string(),
  startedAt: z.string(),
});
export type RecordingFile = z.infer<typeof RecordingFile>;

export interface RecordOptions {
  upstream: string;
  /** 0: any free port. */
  port: number;
  name: string;
  /** Bytes of a body that are kept; a longer one passes and is not. */
  maxBody: number;
  syncMs?: number;
  syncRecords?: number;
  /** The disk refused: traffic still passes, nothing more is recorded. */
  stopped?(reason: string): void;
  durable?(seqs: readonly number[]): void;
}

/** A recording under way. */
export interface Recording {
  readonly folder: string;
  readonly port: number;
  readonly counts: Readonly<RecordingCounts>;
  /** Exchanges that are on the disk, of this run. */
  readonly written: number;
  /** Exchanges of an earlier run that this one continues after; 0 for a new recording. */
  readonly continuesAfter: number;
  readonly cutBytes: number;
  /** Ends it: waits for what is under way, then for the disk. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts a recording proxy in front of an application.
 *
 * @param state the repository's `.migrate` folder
 * @throws MigrateError for an unusable upstream, name, port, or redact.yaml
 */
export async function startRecording(state: string, options: RecordOptions): Promise<Recording> {
  const upstream = upstreamOf(options.upstream);
  if (!/^[\w][\w.-]{0,99}$/.test(options.name))
    throw usage(`--name "${options.name}" is no folder name: letters, digits, "-", "_" and "." are allowed.`);
  if (options.port !== 0 && isLoopback(upstream) && Number(upstream.port || 80) === options.port)
    throw usage(`--port ${options.port} is where --upstream listens: the proxy would ask itself.`);
  const rules = readRedactRules(state);
  const folder = join(state, 'recordings', options.name);
  const key = redactionKey(state);
  const { syncMs, syncRecords, stopped, durable } = options;
  const log = await openLog(folder, { syncMs, syncRecords, stopped, durable });
  try {
    describe(folder, options.name, upstream);
    const writer = recorder(log, key, rules);
    const proxy = await startProxy({
      ...{ upstream, port: options.port, maxBody: options.maxBody, lastSeq: log.lastSeq, recorder: writer },
    });
    return {
      ...{ folder, port: proxy.port, counts: writer.counts },
      ...{ continuesAfter: log.lastSeq, cutBytes: log.cutBytes },
      get written() {
        return log.written;
      },
      async close(graceMs = 2_000) {
        await proxy.close(graceMs);
        await log.close();
      },
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}

function describe(folder: string, name: string, upstream: URL): void {
  const path = join(folder, 'recording.json');
  if (existsSync(path) && RecordingFile.safeParse(JSON.parse(readFileSync(path, 'utf8'))).success) return;
  const file: RecordingFile = {
    ...{ schema: 'migrate/recording', version: 1, name, upstream: upstream.origin },
    startedAt: new Date().toISOString(),
  };
  writeFileAtomic(path, `${JSON.stringify(file, null, 2)}\n`);
}

function upstreamOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw usage(`--upstream is a URL such as http://127.0.0.1:3000, not "${text}".`);
  if (url.username || url.password) throw usage('--upstream must not hold a user name or password.');
  if (url.pathname !== '/' || url.search) throw usage('--upstream is an origin: leave the path away.');
  return url;
}

const usage = (message: string) => new MigrateError('USAGE', message, { exitCode: ExitCode.usage });
