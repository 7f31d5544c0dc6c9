import { relative, resolve } from 'node:path';
import { ExitCode } from '../../model/exit.ts';
import type { RecordingSummary } from '../../model/recording.ts';
import type { Io } from '../../report/io.ts';
import { printRecording } from '../../report/record.ts';
import { startRecording } from '../../shadow/index.ts';
import { stateFolder } from '../../workspace/state.ts';
import { numberOf, usage } from '../usage.ts';

export interface Options {
  upstream: string;
  port: string;
  name?: string;
  maxBody: string;
  for?: string;
  dir: string;
  json?: boolean;
}

/** `migrate record`: a proxy that records, until it is ended. @throws MigrateError when the port is taken or the disk refuses */
export async function record(io: Io, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const port = numberOf('--port', options.port, 0, 65_535);
  const seconds = options.for === undefined ? null : numberOf('--for', options.for, 0.1, 1e6);
  const name = options.name ?? new Date().toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const started = performance.now();
  let stopped: string | null = null;
  const recording = await startRecording(stateFolder(resolve(io.cwd, options.dir)), {
    ...{ upstream: options.upstream, port, name, maxBody: size(options.maxBody) },
    stopped(reason) {
      stopped = reason;
      io.note(
        `${io.colors.red('recording stopped')}: ${reason}. The proxy goes on serving; nothing more is recorded.`,
      );
    },
  });
  const folder = relative(io.cwd, recording.folder) || recording.folder;
  io.note(`recording  http://127.0.0.1:${recording.port}  →  ${options.upstream}     into ${folder}`);
  if (recording.continuesAfter > 0)
    io.note(
      `           continues after exchange ${recording.continuesAfter}${recording.cutBytes > 0 ? `; ${recording.cutBytes} bytes that a crash had torn were cut` : ''}`,
    );
  io.note('           Ctrl-C ends it');
  const progress = setInterval(() => io.progress(`${recording.counts.passed} exchanges`), 500);
  await untilEnd(io.signal, seconds);
  clearInterval(progress);
  io.progress(null);
  await recording.close();
  const summary: RecordingSummary = {
    ...{ schema: 'migrate/recording-summary', version: 1, name, folder, upstream: options.upstream },
    seconds: Math.round((performance.now() - started) / 100) / 10,
    ...{ written: recording.written, counts: { ...recording.counts }, stopped },
  };
  if (io.json) io.document(summary);
  printRecording(io, summary);
  if (stopped !== null) return ExitCode.precondition;
  return summary.written === 0 ? ExitCode.invalid : ExitCode.ok;
}

function untilEnd(signal: AbortSignal, seconds: number | null): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = seconds === null ? undefined : setTimeout(resolve, Math.min(seconds * 1000, 2 ** 31 - 1));
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

function size(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([km]?)b?$/i.exec(text) ?? [];
  const bytes = Number(digits) * { '': 1, k: 1024, m: 1024 * 1024 }[unit.toLowerCase() as '' | 'k' | 'm'];
  if (bytes >= 1 && bytes <= 64 * 1024 * 1024) return bytes;
  throw usage(`--max-body is a size from 1 to 64m, as in 512k, not "${text}".`);
}
