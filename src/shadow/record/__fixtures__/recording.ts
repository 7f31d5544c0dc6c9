import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { readTraffic } from '../../index.ts';
import { type Recording, type RecordOptions, startRecording } from '../index.ts';

/** The state folder of the test that runs. */
export let state: string;
/** What is stopped after it, the last first. */
export let closing: (() => Promise<unknown> | unknown)[];

/** Gives each test of the file that calls it a state folder, and stops afterwards what it started. */
export function stateForEach(): void {
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'record-test-'));
    closing = [];
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    rmSync(state, { recursive: true, force: true });
  });
}

/** Starts a server of the test and gives back its origin. */
export async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a recording of what answers at `upstream`. */
export async function record(upstream: string, options: Partial<RecordOptions> = {}): Promise<Recording> {
  const recording = await startRecording(state, {
    ...{ upstream, port: 0, name: 'r', maxBody: 1024 * 1024, syncMs: 5 },
    ...options,
  });
  closing.push(() => recording.close(0));
  return recording;
}

/** Ends a recording and reads what it kept. */
export const read = async (recording: Recording) => {
  await recording.close(200);
  closing.pop();
  return readTraffic(recording.folder, { state, env: {} });
};
