import { cpSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { CLIENTS, startPeer } from './peers.ts';

/** What the built command brings: runtimes are discovered beside the file that asks for them. */
export type Runtimes = Pick<
  typeof import('../../src/runtimes/index.ts'),
  'launchApp' | 'parseSpec' | 'provisionRuntime'
>;
export type Found = Record<string, string>;

/** Where probes run: a folder with the packages they need, and the runtimes. */
export interface Ground {
  dir: string;
  runtimes: Runtimes;
}

/** Probes of this bench that a Worker serves as well. */
export const ON_WORKERS = ['dispatcher', 'stripe', 'hashing', 'clients', 'paths'] as const;

/**
 * Writes a Worker's entry for each probe into the folder.
 *
 * @param served a folder with what serves them, copied first
 */
export function layOut(served: string | null, dir: string, probes: readonly string[]): void {
  if (served !== null) cpSync(served, dir, { recursive: true });
  for (const name of probes) {
    writeFileSync(
      join(dir, `${name}.worker.mjs`),
      [
        `import { probe } from './${name}.mjs';`,
        'export default {',
        '  async fetch(request) {',
        '    const { searchParams } = new URL(request.url);',
        '    const found = searchParams.size === 0 ? {} : await probe(Object.fromEntries(searchParams));',
        '    return Response.json(found);',
        '  },',
        '};',
        '',
      ].join('\n'),
    );
  }
}

type Ask = (query: string) => Promise<Found>;

/** Starts one probe on a runtime and asks it. Where it does not start, that is what was found. */
export async function asking(
  { dir, runtimes }: Ground,
  spec: string,
  name: string,
  questions: (ask: Ask) => Promise<Found>,
): Promise<Found> {
  const runtime = await runtimes.provisionRuntime(await runtimes.parseSpec(spec), {});
  const isWorker = runtime.spec.name === 'workers';
  try {
    const app = await runtimes.launchApp(runtime, {
      ...{ dir, runFolder: join(dir, 'logs', `${name}-${runtime.spec.name}`), readyTimeoutMs: 8_000 },
      ...(isWorker ? { entry: `${name}.worker.mjs` } : { entry: 'host.mjs', args: [name] }),
    });
    try {
      return await questions(async (query) => {
        const answer = await fetch(`${app.origin}/?${query}`, { headers: { connection: 'close' } });
        const text = await answer.text();
        return answer.ok ? (JSON.parse(text) as Found) : { answer: `${answer.status} ${firstLine(text)}` };
      });
    } finally {
      await app.stop();
    }
  } catch (error) {
    return { start: firstLine(reasonOf(error)) };
  }
}

const reasonOf = (error: unknown): string => {
  const hint = error instanceof Error && 'hint' in error ? String(error.hint) : '';
  const said = /.*(?:Error|Disallowed|disallowed|not (?:allowed|defined)).*/.exec(hint)?.[0];
  return said ?? `${error instanceof Error ? error.message : error} ${hint}`;
};
const firstLine = (text: string): string => text.trim().split('\n')[0]?.slice(0, 240) ?? '';

export async function dispatcher(ground: Ground, spec: string): Promise<Found> {
  const origin = createServer((_, response) => response.end('direct'));
  await new Promise<void>((done) => origin.listen(0, '127.0.0.1', done));
  const address = origin.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  try {
    return await asking(ground, spec, 'dispatcher', (ask) => ask(`origin=http://127.0.0.1:${port}/`));
  } finally {
    origin.close();
  }
}

export const stripe = (ground: Ground, spec: string) => asking(ground, spec, 'stripe', (ask) => ask('go=1'));
export const paths = (ground: Ground, spec: string) => asking(ground, spec, 'paths', (ask) => ask('go=1'));

/** Milliseconds of one call, the median of five, less a call of nothing. */
export const hashing = (ground: Ground, spec: string) =>
  asking(ground, spec, 'hashing', async (ask) => {
    const time = async (call: string) => {
      const runs: number[] = [];
      for (let run = 0; run < 6; run++) {
        const at = performance.now();
        const { answer } = await ask(`call=${call}`);
        if (answer !== undefined) return null;
        if (run > 0) runs.push(performance.now() - at);
      }
      return runs.sort((a, b) => a - b)[2] ?? null;
    };
    const nothing = (await time('nothing')) ?? 0;
    const found: Found = {};
    for (const call of ['scryptSync', 'scrypt', 'pbkdf2Sync', 'bcryptjs.hash']) {
      const ms = await time(call);
      found[call] = ms === null ? 'failed' : `${Math.max(0, Math.round(ms - nothing))} ms`;
    }
    return found;
  });

/** Three requests, one after another, over one client of the module; then two with a client each. */
export const clients = async (ground: Ground, spec: string): Promise<Found> => {
  const found: Found = {};
  for (const kind of CLIENTS) {
    const peer = await startPeer(kind);
    const said = await asking(ground, spec, 'clients', async (ask) => {
      const answers: string[] = [];
      for (const each of ['module', 'module', 'module', 'request', 'request']) {
        const { said: one, answer } = await ask(`kind=${kind}&port=${peer.port}&each=${each}`);
        answers.push(`${each}: ${one ?? answer}`);
      }
      return { said: answers.join(' | ') };
    });
    peer.close();
    found[kind] = said.said ?? said.start ?? '';
  }
  return found;
};

const IMPORTS =
  "import nodeCrypto from 'node:crypto';\nimport dns from 'node:dns';\nimport fs from 'node:fs';\nimport http from 'node:http';\nimport net from 'node:net';\n";
/** Statements a module may run while it loads. */
const AT_LOAD: readonly string[] = [
  'setTimeout(() => {}, 1)',
  'setInterval(() => {}, 1000)',
  'setImmediate(() => {})',
  'queueMicrotask(() => {})',
  'process.nextTick(() => {})',
  "await fetch('http://127.0.0.1:9/')",
  "await new Promise((_, no) => http.get('http://127.0.0.1:9/').on('error', no))",
  "await new Promise((_, no) => net.connect(9, '127.0.0.1').on('error', no))",
  "await dns.promises.lookup('localhost')",
  // A rejection that is caught lets the Worker start: what the request was for is missing then.
  "fetch('http://127.0.0.1:9/').catch(() => {})",
  'Math.random()',
  'crypto.randomUUID()',
  'nodeCrypto.randomUUID()',
  'nodeCrypto.randomBytes(8)',
  'nodeCrypto.randomInt(8)',
  'crypto.getRandomValues(new Uint8Array(8))',
  "nodeCrypto.createHash('sha256').update('x').digest('hex')",
  "nodeCrypto.scryptSync('x', 'y', 32)",
  "await crypto.subtle.digest('SHA-256', new Uint8Array(8))",
  'AbortSignal.timeout(1000)',
  "new WebSocket('ws://127.0.0.1:9/')",
  "fs.mkdirSync('made', { recursive: true })",
  "fs.writeFileSync('/tmp/made', 'x')",
  "fs.existsSync('package.json')",
  "fs.readFileSync('package.json')",
  "fs.readdirSync('.')",
];

/** Each statement in a Worker of its own: whether the Worker starts and answers. */
export async function atLoad(ground: Ground, spec: string): Promise<Found> {
  const found: Found = {};
  for (const [index, statement] of AT_LOAD.entries()) {
    const name = `load-${index}`;
    const entry = `${IMPORTS}${statement};\nexport default { fetch: () => Response.json({ start: 'starts' }) };\n`;
    writeFileSync(join(ground.dir, `${name}.worker.mjs`), entry);
    writeFileSync(
      join(ground.dir, `${name}.mjs`),
      `${IMPORTS}${statement};\nexport const probe = () => ({ start: 'starts' });\n`,
    );
    const { start = '', answer } = await asking(ground, spec, name, (ask) => ask('go=1'));
    found[statement] = answer ?? start;
  }
  return found;
}
