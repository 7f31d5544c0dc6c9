// Runs in a process of its own, on the Node that runs migrate: serves one bundled Worker with Miniflare until SIGTERM.
// Node built-ins only; Miniflare is imported from the cache.
import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { miniflare, script, modules, options, control, egress } = JSON.parse(
  await readFile(process.argv[2] ?? '', 'utf8'),
);
const { Miniflare, Response } = await import(pathToFileURL(miniflare).href);

const beside = await Promise.all(
  modules.map(async ({ type, path, file }: Record<'type' | 'path' | 'file', string>) => {
    const contents = await readFile(file);
    return { type, path, contents: type === 'Text' ? contents.toString('utf8') : contents };
  }),
);

/** What the Worker fetches goes through a proxy, as the environment makes other runtimes do. */
function throughProxy(proxy: string) {
  const { fetch, ProxyAgent } = createRequire(miniflare)('undici');
  const dispatcher = new ProxyAgent(proxy);
  return async (request: Request) => {
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    const headers = [...request.headers].filter(
      ([name]) => !/^(host|content-length|transfer-encoding|connection)$/.test(name),
    );
    const { method, signal } = request;
    const answer = await fetch(request.url, {
      method,
      headers,
      body,
      signal,
      dispatcher,
      redirect: 'manual',
    });
    // fetch() has undone the coding.
    const kept = [...answer.headers].filter(
      ([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name),
    );
    return new Response(answer.body, { status: answer.status, headers: kept });
  };
}

const server = new Miniflare({
  ...options,
  ...(egress && { outboundService: throughProxy(egress) }),
  modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await readFile(script, 'utf8') }, ...beside],
});

const stop = async () => {
  if (control) await rm(control, { force: true });
  await server.dispose();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

/** Bodies up to this size are told with their bytes. */
const INSIDE = 1024 * 1024;

/** Every object of every bucket and namespace, one JSON line each. */
async function tell(response: ServerResponse): Promise<void> {
  const line = (store: string, bucket: string, key: string, at: number | null, body: Buffer) =>
    response.write(
      `${JSON.stringify({ store, bucket, key, at, size: body.length, sha256: createHash('sha256').update(body).digest('hex'), body: body.length <= INSIDE ? body.toString('base64') : null })}\n`,
    );
  for (const binding of options.r2Buckets ?? []) {
    const bucket = await server.getR2Bucket(binding);
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await bucket.list({ cursor });
      for (const { key, uploaded } of page.objects) {
        const object = await bucket.get(key);
        if (object) line('r2', binding, key, uploaded.getTime(), Buffer.from(await object.arrayBuffer()));
      }
      more = page.truncated;
      cursor = page.cursor;
    }
  }
  for (const binding of options.kvNamespaces ?? []) {
    const namespace = await server.getKVNamespace(binding);
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await namespace.list({ cursor });
      for (const { name } of page.keys) {
        const value = await namespace.get(name, 'arrayBuffer');
        if (value) line('kv', binding, name, null, Buffer.from(value));
      }
      more = !page.list_complete;
      cursor = page.cursor;
    }
  }
  response.end();
}

/** Answers what is stored, to who can read the file that holds the word for it. */
async function listenForQuestions(file: string): Promise<void> {
  const word = randomBytes(24).toString('hex');
  const questions = createServer((request, response) => {
    if (request.headers.authorization !== word) return response.writeHead(403).end();
    tell(response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => questions.listen(0, '127.0.0.1', resolve));
  const address = questions.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await writeFile(file, JSON.stringify({ port, word }), { mode: 0o600 });
}

try {
  await server.ready;
  if (control) await listenForQuestions(control);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await server.dispose().catch(() => {});
  process.exit(1);
}
