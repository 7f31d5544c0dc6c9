import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { execa, type ResultPromise } from 'execa';

interface Named {
  name: string;
  value: string;
}

/** One exchange of a HAR file, as far as it is needed to send it again. */
export interface HarEntry {
  request: {
    method: string;
    url: string;
    headers: Named[];
    postData?: { text?: string; _encoding?: string };
  };
  response: { status: number; headers: Named[]; content: { text?: string } };
}

export interface Side {
  process: ResultPromise;
  port: number;
  /** Values of the recording (tokens, ids) and what this side gave instead. */
  known: Map<string, string>;
}

export interface Answer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts an application and waits until it answers. */
export async function startSide(directory: string, entry: string): Promise<Side> {
  const port = await freePort();
  const running = execa(process.execPath, [entry], {
    cwd: directory,
    env: { NODE_ENV: 'production', PORT: String(port), UPLOAD_DIR: join(directory, 'uploads') },
    reject: false,
    all: true,
  });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (running.exitCode !== null) break;
    const answer = await exchange(port, 'GET', '/__ready', {}, null).catch(() => null);
    if (answer !== null) return { process: running, port, known: new Map() };
  }
  running.kill('SIGKILL');
  throw new Error(`${directory} did not start:\n${(await running).all}`);
}

export async function stopSide(side: Side): Promise<void> {
  side.process.kill('SIGKILL');
  await side.process;
}

function exchange(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer | null,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      // An event stream has no end: what came so far is compared.
      const timer = setTimeout(() => response.destroy(), 700);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', () => {
        clearTimeout(timer);
        const named = response.rawHeaders.flatMap((name, index): [string, string][] =>
          index % 2 === 0 ? [[name.toLowerCase(), response.rawHeaders[index + 1] ?? '']] : [],
        );
        resolve({ status: response.statusCode ?? 0, headers: named, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Sends one recorded request, with the tokens this side gave, and learns the ones it gives. */
export async function replay(side: Side, entry: HarEntry): Promise<Answer> {
  const { method, url, headers, postData } = entry.request;
  const live = (text: string) => [...side.known].reduce((now, [old, fresh]) => now.replaceAll(old, fresh), text);
  const sent: Record<string, string> = {};
  for (const { name, value } of headers) {
    if (!/^(content-length|host|connection)$/i.test(name)) sent[name] = live(value);
  }
  const text = postData?.text ?? '';
  const body = postData && (postData._encoding === 'base64' ? Buffer.from(text, 'base64') : Buffer.from(live(text)));
  if (body) sent['Content-Length'] = String(body.length);
  const answer = await exchange(side.port, method, live(url.slice(new URL(url).origin.length)), sent, body ?? null);
  learn(side, entry, answer);
  return answer;
}

const TOKEN = /[0-9a-f]{8}[0-9a-f-]{8,}|^[\w-]{24}$/;

function learn(side: Side, entry: HarEntry, answer: Answer): void {
  const pair = (old: unknown, fresh: unknown): void => {
    if (typeof old === 'string' && typeof fresh === 'string') {
      const [was, is] = [TOKEN.exec(old)?.[0], TOKEN.exec(fresh)?.[0]];
      if (was !== undefined && is !== undefined && was !== is) side.known.set(was, is);
    } else if (typeof old === 'object' && old !== null && typeof fresh === 'object' && fresh !== null) {
      for (const [key, value] of Object.entries(old)) pair(value, (fresh as Record<string, unknown>)[key]);
    }
  };
  for (const header of ['set-cookie', 'location']) {
    const old = entry.response.headers.filter(({ name }) => name.toLowerCase() === header);
    const fresh = answer.headers.filter(([name]) => name === header);
    for (const [index, { value }] of old.entries()) pair(value, fresh[index]?.[1]);
  }
  try {
    pair(JSON.parse(entry.response.content.text ?? ''), JSON.parse(answer.body.toString()));
  } catch {
    // Only JSON carries tokens in its body here.
  }
}

/** Replaces what is random or the time of day. */
const stable = (text: string): string =>
  text
    .replace(/"token":"[\w-]{24}"/g, '"token"')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid')
    .replace(/[0-9a-f]{32,}/g, 'hex')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'date')
    .replace(/(--|boundary=)[\w<>-]{6,}/g, '$1boundary')
    .replace(/"uptimeSeconds":\d+/, '"uptimeSeconds"');

/** Fields sent several times mean the same as one with a list (RFC 9110 §5.3); cookies are the exception. */
function joined(headers: readonly [string, string][]): [string, string][] {
  const found: [string, string][] = [];
  for (const [name, value] of headers) {
    const same = name === 'set-cookie' ? undefined : found.find(([known]) => known === name);
    if (same) same[1] += `, ${value}`;
    else found.push([name, value]);
  }
  return found;
}

function view(answer: Answer): { status: number; headers: string[]; body: string } {
  const text = answer.body.toString('latin1');
  const body = stable(text);
  // Files uploaded now carry their time in the ETag; a body with random parts has another tag and, maybe, length.
  const isTagged = (value: string) => body !== text || /^W\/"[0-9a-f]+-1[0-9a-f]{10}"$/.test(value);
  const headers = joined(answer.headers)
    .filter(([name]) => !/^(date|connection|keep-alive)$/.test(name))
    .map(([name, value]): string => {
      if (name === 'etag' && isTagged(value)) return 'etag: varies';
      if (name === 'content-length' && body !== text) return 'content-length: varies';
      return `${name}: ${stable(value)}`;
    });
  return { status: answer.status, headers: headers.sort(), body };
}

/** One line a difference; an empty list when both sides answered the same. */
export function differences(entry: HarEntry, before: Answer, after: Answer): string[] {
  const [old, fresh] = [view(before), view(after)];
  const at = `${entry.request.method} ${entry.request.url}`;
  const found: string[] = [];
  if (old.status !== fresh.status) found.push(`${at}: status ${old.status} → ${fresh.status}`);
  for (const line of old.headers) if (!fresh.headers.includes(line)) found.push(`${at}: lost ${line}`);
  for (const line of fresh.headers) if (!old.headers.includes(line)) found.push(`${at}: added ${line}`);
  if (old.body !== fresh.body) found.push(`${at}: body ${old.body.slice(0, 80)} → ${fresh.body.slice(0, 80)}`);
  return found;
}
