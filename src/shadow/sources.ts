import { open, readdir } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import { discover } from '../workspace/discover.ts';
import { withLogin } from './traffic/login.ts';
import type { RouteShape } from './traffic/routes.ts';
import type { Traffic } from './traffic/traffic.ts';

/** What is at the place that `--traffic` names. `word`: nothing on the disk, as in `--traffic routes`. */
export type TrafficKind = 'file' | 'folder' | 'word';

/** What a source may use beyond the file itself. */
export interface ReadContext {
  /** Routes of the application, from its inventory. */
  routes?: readonly RouteShape[];
  /** The repository's `.migrate` folder: `login.yaml` and `requests.yaml` are read there. */
  state?: string;
  /** Default: the process's own. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** The default export of a file in `sources/`: one kind of traffic recording. */
export interface TrafficSource {
  id: string;
  title: string;
  /** Decides by content (the first bytes of a file; the names in a folder, one a line) and, where that is not enough, by name. */
  recognises(file: string, head: string, kind: TrafficKind): boolean;
  /** @throws MigrateError naming the file when it cannot be read as such */
  read(file: string, context: ReadContext): Promise<Traffic>;
}

/** Every traffic source there is. */
export const listSources = (): Promise<TrafficSource[]> =>
  discover<TrafficSource>(new URL('./sources/', import.meta.url));

/** Bytes at the start of a file by which it is recognised. */
const HEAD_BYTES = 64 * 1024;

/**
 * Reads recorded traffic with the source that recognises it.
 *
 * @param file a file, a recording's folder, or the word `routes`
 * @throws MigrateError TRAFFIC_UNREADABLE, TRAFFIC_UNKNOWN, TRAFFIC_EMPTY, LOGIN_INVALID or the source's own
 */
export async function readTraffic(file: string, context: ReadContext = {}): Promise<Traffic> {
  const sources = await listSources();
  const { kind, head } = await look(file);
  const source = sources.find((one) => one.recognises(file, head, kind));
  if (!source) {
    if (kind === 'word') throw unreadable(file, 'it does not exist');
    throw new MigrateError('TRAFFIC_UNKNOWN', `${file} is no recorded traffic that migrate can read.`, {
      hint: `Readable: ${sources.map((one) => one.title).join(', ')}.`,
    });
  }
  const traffic = await source.read(file, context);
  if (traffic.exchanges.length === 0) {
    const why = [...traffic.skipped].map(([reason, count]) => `${count} left out: ${reason}`).join('; ');
    const isRoutes = kind === 'word';
    throw new MigrateError(
      'TRAFFIC_EMPTY',
      `${isRoutes ? 'The inventory finds no route to ask for' : `${file} holds no HTTP exchange`}${why === '' ? '' : ` (${why})`}, so nothing would be compared.`,
      {
        hint: `Record some with \`migrate record --upstream <url>\`${isRoutes ? '; static files and what a proxy or a socket answers are no routes.' : ', or give --traffic routes.'}`,
        exitCode: ExitCode.invalid,
      },
    );
  }
  return context.state === undefined
    ? traffic
    : withLogin(traffic, context.state, context.env ?? process.env);
}

async function look(file: string): Promise<{ kind: TrafficKind; head: string }> {
  // Applications often have a folder of that name: `./routes` means it, `routes` the word.
  if (file === 'routes') return { kind: 'word', head: '' };
  try {
    const handle = await open(file);
    try {
      const found = await handle.stat();
      if (found.isDirectory()) return { kind: 'folder', head: (await readdir(file)).sort().join('\n') };
      if (!found.isFile()) throw new Error('it is no file and no folder');
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const head = unpacked(buffer.subarray(0, bytesRead))
        .toString('utf8')
        .replace(/^\uFEFF/, '');
      return { kind: 'file', head };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'word', head: '' };
    throw unreadable(file, (error as Error).message);
  }
}

/** The beginning of what a gzipped file holds. */
function unpacked(head: Buffer): Buffer {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  try {
    // The file goes on where its head is cut off.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * HEAD_BYTES });
  } catch {
    return head;
  }
}

const unreadable = (file: string, why: string) =>
  new MigrateError('TRAFFIC_UNREADABLE', `The traffic file ${file} cannot be read: ${why}.`, {
    hint: 'Paths are relative to the folder you are in; `--traffic routes` needs no file.',
  });
