import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import type { Application, Step } from './list.ts';
import { copyToStart } from './prepare.ts';
import { makeState, startFile } from './start.ts';

/** What the built command brings: runtimes are discovered beside the file that asks for them. */
export type Runtimes = Pick<
  typeof import('../../src/runtimes/index.ts'),
  'launchApp' | 'parseSpec' | 'provisionRuntime'
>;

interface Sent {
  headers: Record<string, string>;
  body: Buffer | null;
}

/**
 * Sends an application's script to the original on Node and writes the conversation as a HAR file.
 *
 * @returns the file; null when there is no script
 */
export async function recordScript(
  app: Application,
  original: string,
  scratch: string,
  { launchApp, parseSpec, provisionRuntime }: Runtimes,
): Promise<string | null> {
  if (app.script.length === 0) return null;
  const dir = copyToStart(original, join(scratch, 'recorded'));
  await makeState(app, dir);
  const runtime = await provisionRuntime(await parseSpec('node@22'), {});
  const running = await launchApp(runtime, {
    ...{
      dir,
      entry: startFile(app),
      env: { NODE_ENV: 'production', ...app.env },
      runFolder: join(scratch, 'recorded-logs'),
    },
  });
  try {
    const file = join(scratch, 'script.har');
    const entries = await converse(app.script, running.origin);
    const har = { log: { version: '1.2', creator: { name: 'field-test', version: '1' }, entries } };
    writeFileSync(file, JSON.stringify(har));
    return file;
  } finally {
    await running.stop();
  }
}

async function converse(steps: readonly Step[], origin: string): Promise<unknown[]> {
  const entries: unknown[] = [];
  let jar = new Map<string, string>();
  let kept = new Map<string, string>();
  for (const step of steps) {
    if (step.fresh) [jar, kept] = [new Map(), new Map()];
    const filled = fill(step, kept) as Step;
    const { headers, body } = sentBy(filled);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie !== '') headers.Cookie = cookie;
    const answer = await request(`${origin}${filled.path}`, {
      method: filled.method as 'GET',
      ...{ headers, body, headersTimeout: 10_000, bodyTimeout: 10_000 },
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    const given = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? ''].flat().map((each) => ({ name, value: each })),
    );
    for (const { name, value } of given) if (/^set-cookie$/i.test(name)) remember(jar, value);
    for (const [name, pattern] of Object.entries(step.keep)) {
      const found = new RegExp(pattern).exec(bytes.toString('utf8'))?.[1];
      if (found === undefined) throw new Error(`${step.method} ${step.path}: nothing matches ${pattern}.`);
      kept.set(name, found);
    }
    entries.push(entryOf(filled, headers, body, { status: answer.statusCode, given, bytes }));
  }
  return entries;
}

function fill(value: unknown, kept: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => kept.get(name) ?? '');
  if (Array.isArray(value)) return value.map((one) => fill(one, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'keep' ? one : fill(one, kept)]),
  );
}

function sentBy({ headers, json, form, multipart }: Step): Sent {
  const typed = (type: string, text: string): Sent => ({
    headers: { ...headers, 'Content-Type': type },
    body: Buffer.from(text),
  });
  if (json !== undefined) return typed('application/json', JSON.stringify(json));
  if (form !== undefined)
    return typed('application/x-www-form-urlencoded', new URLSearchParams(form).toString());
  if (multipart === undefined) return { headers: { ...headers }, body: null };
  const boundary = 'field-test-boundary';
  const parts = multipart.map(({ name, value, file, type }) => {
    const named = file === undefined ? '' : `; filename="${file}"\r\nContent-Type: ${type}`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${named}\r\n\r\n${value}\r\n`;
  });
  return typed(`multipart/form-data; boundary=${boundary}`, `${parts.join('')}--${boundary}--\r\n`);
}

function remember(jar: Map<string, string>, header: string): void {
  const [pair = '', ...attributes] = header.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  const expires = attributes
    .map((one) => /^\s*expires=(.*)$/i.exec(one)?.[1])
    .find((one) => one !== undefined);
  if (expires !== undefined && Date.parse(expires) <= Date.now()) jar.delete(name);
  else jar.set(name, value);
}

function entryOf(
  step: Step,
  headers: Record<string, string>,
  body: Buffer | null,
  answer: { status: number; given: { name: string; value: string }[]; bytes: Buffer },
): unknown {
  const type = answer.given.find(({ name }) => /^content-type$/i.test(name))?.value ?? '';
  const listed = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    startedDateTime: new Date().toISOString(),
    time: 1,
    request: {
      ...{ method: step.method, url: `http://localhost${step.path}`, httpVersion: 'HTTP/1.1' },
      ...{ headers: [{ name: 'Host', value: 'localhost' }, ...listed], queryString: [], cookies: [] },
      ...{ headersSize: -1, bodySize: body?.length ?? 0 },
      ...(body && { postData: { mimeType: headers['Content-Type'] ?? '', text: body.toString('utf8') } }),
    },
    response: {
      ...{
        status: answer.status,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        headers: answer.given,
        cookies: [],
      },
      content: {
        ...{ size: answer.bytes.length, mimeType: type, encoding: 'base64' },
        text: answer.bytes.toString('base64'),
      },
      ...{ redirectURL: '', headersSize: -1, bodySize: answer.bytes.length },
    },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  };
}
