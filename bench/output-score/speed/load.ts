import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Asked } from './sides.ts';

const CONNECTIONS = 16;

/** Version of `wrk`, or null where it is not installed. It is a package of Debian, Homebrew and others. */
export async function loadGenerator(): Promise<string | null> {
  // It prints its version with its usage, and ends with 1.
  const { stdout, stderr, failed, code } = await execa('wrk', ['--version'], { reject: false });
  if (failed && code === 'ENOENT') return null;
  return /wrk \S+/.exec(`${stdout}${stderr}`)?.[0] ?? 'wrk';
}

/**
 * Sends one request over and over on 16 connections.
 *
 * @returns answers in a second
 * @throws as `readRate`
 */
export async function answersPerSecond(
  origin: string,
  { method, path, json }: Asked,
  { seconds, scratch }: { seconds: number; scratch: string },
): Promise<number> {
  const script = join(scratch, 'request.lua');
  const lines = [`wrk.method = ${JSON.stringify(method)}`];
  if (json !== undefined)
    lines.push(`wrk.body = ${JSON.stringify(json)}`, 'wrk.headers["Content-Type"] = "application/json"');
  writeFileSync(script, `${lines.join('\n')}\n`);
  const how = ['--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${seconds}s`];
  const { stdout } = await execa('wrk', [...how, '--script', script, `${origin}${path}`]);
  return readRate(stdout);
}

/**
 * Answers in a second, from what wrk prints.
 *
 * @throws when it saw an answer of 400 or above, or a connection that failed
 */
export function readRate(printed: string): number {
  const wrong = /^ {2}(?:Socket errors|Non-2xx or 3xx responses): .*$/m.exec(printed)?.[0];
  if (wrong !== undefined) throw new Error(wrong.trim());
  const rate = Number(/^Requests\/sec:\s+([\d.]+)$/m.exec(printed)?.[1]);
  if (!(rate > 0)) throw new Error(`wrk says ${printed}`);
  return rate;
}
