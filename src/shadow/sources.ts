import { open } from 'node:fs/promises';
import { MigrateError } from '../model/errors.ts';
import type { Exchange } from '../model/exchange.ts';
import { ExitCode } from '../model/exit.ts';
import { discover } from '../workspace/discover.ts';

/** What a source gives: exchanges in the order in which they happened. */
export interface Traffic {
  /** Id of the source that read it. */
  source: string;
  file: string;
  exchanges: Exchange[];
  /** Entries of the file that are no HTTP exchange, counted by reason. */
  skipped: ReadonlyMap<string, number>;
  /** What the user should know about the recording. */
  warnings: string[];
}

/** The default export of a file in `sources/`: one kind of traffic recording. */
export interface TrafficSource {
  id: string;
  title: string;
  /** Decides by name and first bytes whether a file is of this kind. */
  recognises(file: string, head: string): boolean;
  /** @throws MigrateError naming the file when it cannot be read as such */
  read(file: string): Promise<Traffic>;
}

/** Every traffic source there is. */
export const listSources = (): Promise<TrafficSource[]> =>
  discover<TrafficSource>(new URL('./sources/', import.meta.url));

/**
 * Reads recorded traffic with the source that recognises the file.
 *
 * @throws MigrateError TRAFFIC_UNREADABLE, TRAFFIC_UNKNOWN, TRAFFIC_EMPTY or the source's own
 */
export async function readTraffic(file: string): Promise<Traffic> {
  let head: string;
  try {
    const handle = await open(file);
    try {
      if (!(await handle.stat()).isFile()) throw new Error('it is not a file');
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
      head = buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (error as Error).message;
    throw new MigrateError('TRAFFIC_UNREADABLE', `The traffic file ${file} cannot be read: ${why}.`);
  }
  const sources = await listSources();
  const source = sources.find((one) => one.recognises(file, head));
  if (!source) {
    throw new MigrateError('TRAFFIC_UNKNOWN', `${file} is no recorded traffic that migrate can read.`, {
      hint: `Readable: ${sources.map((one) => one.title).join(', ')}.`,
    });
  }
  const traffic = await source.read(file);
  if (traffic.exchanges.length === 0) {
    throw new MigrateError('TRAFFIC_EMPTY', `${file} holds no HTTP exchange, so nothing would be compared.`, {
      exitCode: ExitCode.invalid,
    });
  }
  return traffic;
}
