import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { scriptText } from '../launch/script.ts';

/** A listener of an application that is not on the port in PORT. */
export interface Listener {
  /** The port the code names; 0 when it asks for any. */
  asked: number;
  /** The free port it has. */
  got: number;
  /** It answers HTTP. */
  http: boolean;
}

/** The file to load into an application, and what it told of the listeners it moved, in their order. */
export interface ListenHook {
  file: string;
  listeners(): Listener[];
}

const MAPPED = '::ffff:127.0.0.1';
let mapped: Promise<boolean> | undefined;

/**
 * Writes the program that moves ports the code names to free ones on loopback. See `hook-program.ts`.
 *
 * @param folder where it and its report are written
 * @param port the one in PORT, which is left as it is
 * @param egress whether outgoing HTTP goes through a proxy of migrate's
 */
export async function writeListenHook(folder: string, port: number, egress: boolean): Promise<ListenHook> {
  const [file, report] = [join(folder, 'listen-hook.cjs'), join(folder, 'listeners.jsonl')];
  mapped ??= canListen(MAPPED);
  const settings = { port, report, egress, loopback: (await mapped) ? MAPPED : '127.0.0.1' };
  const { code } = await transform(await scriptText('hook-program', import.meta.url), {
    ...{ format: 'cjs', target: 'node10', define: { LISTEN: JSON.stringify(settings) } },
  });
  await rm(report, { force: true });
  // Node 12 and 14 know their own modules by the short names only.
  await writeFile(file, code.replaceAll('require("node:', 'require("'));
  return { file, listeners: () => readListeners(report) };
}

function readListeners(report: string): Listener[] {
  let text: string;
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    return [];
  }
  const found = new Map<number, Listener>();
  for (const line of text.split('\n').slice(0, -1)) {
    const listener: Listener = JSON.parse(line);
    found.set(listener.got, listener);
  }
  return [...found.values()];
}

/** Whether IPv4 clients can be taken on an IPv6 socket, as by a server that names no address. */
function canListen(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(0, host, () => server.close(() => resolve(true)));
  });
}
