import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveSide } from '../sides/side.ts';

/** What a faulty copy of the application does to its answers. */
export type Breakage =
  | 'status'
  | 'header'
  | 'byte'
  | 'reorder'
  | 'cookie'
  | 'truncate'
  | 'crash-route'
  | 'slow'
  | 'dead'
  | 'hash'
  | 'ids';

interface Note {
  id: string;
  number: number;
  title: string;
  createdAt: string;
}

/** A small notes API with everything that makes replay hard: generated ids, tokens, sessions, dates, ETags, a stream. */
export function notesApp(breakage?: Breakage): Server {
  const notes = new Map<string, Note>();
  const tokens = new Set<string>();
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => answer(req, res, Buffer.concat(chunks)));
  });

  function json(res: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}) {
    const body = Buffer.from(JSON.stringify(value));
    res.writeHead(breakage === 'status' && status === 200 ? 203 : status, {
      'Content-Type': 'application/json; charset=utf-8',
      ...(breakage === 'header' ? {} : { 'X-Powered-By': 'notes' }),
      'Content-Length': body.length,
      ETag: `"${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`,
      ...headers,
    });
    res.end(res.req.method === 'HEAD' ? undefined : body);
  }

  function answer(req: IncomingMessage, res: ServerResponse, body: Buffer) {
    const { pathname } = new URL(req.url ?? '/', 'http://x');
    const route = `${req.method} ${pathname.replace(/[0-9a-f-]{36}/, ':id')}`;
    const id = pathname.split('/').at(-1) ?? '';
    const authorised = tokens.has((req.headers.authorization ?? '').replace('Bearer ', ''));
    if (route === 'POST /login') {
      const token = randomBytes(24).toString('base64url');
      tokens.add(token);
      const session = `sid=${randomUUID()}; Path=/; HttpOnly; SameSite=Lax`;
      return json(res, 200, { token, issuedAt: new Date().toISOString() }, breakage === 'cookie' ? {} : { 'Set-Cookie': session });
    }
    if (route === 'GET /health') return json(res, breakage === 'crash-route' ? 500 : 200, { ok: true, uptime: process.uptime() + Math.random() });
    if (route === 'GET /tags') return json(res, 200, { tags: breakage === 'reorder' ? ['b', 'a', 'c'] : ['a', 'b', 'c'] });
    if (route === 'GET /logo') {
      const bytes = Buffer.from([0, 1, 2, 3, 250, 251, breakage === 'byte' ? 9 : 252]);
      res.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': bytes.length });
      if (breakage !== 'truncate') return res.end(bytes);
      res.write(bytes.subarray(0, 3));
      return setTimeout(() => res.socket?.destroy(), 20);
    }
    if (route === 'GET /old') return res.writeHead(302, { Location: '/notes' }).end();
    if (route === 'GET /events') {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      res.write('event: tick\ndata: {"n":1}\n\n');
      setTimeout(() => res.end('event: tick\ndata: {"n":2}\n\n'), 20);
      return;
    }
    if (route === 'GET /page') {
      const html = `<form><input name=csrf value=${randomBytes(12).toString('hex')}></form>`;
      return res.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
    }
    if (route === 'GET /slow') return setTimeout(() => json(res, 200, { done: true }), breakage === 'slow' ? 400 : 1);
    if (!authorised) return json(res, 401, { error: 'login first' });
    if (route === 'POST /notes') {
      const note = { id: randomUUID(), number: notes.size + 1, title: JSON.parse(body.toString()).title, createdAt: new Date().toISOString() };
      notes.set(note.id, note);
      const sum = createHash('sha256').update(breakage === 'hash' ? `${body}x` : body).digest('hex');
      return json(res, 201, { ...note, sum }, { Location: `/notes/${note.id}` });
    }
    if (route === 'GET /notes') return json(res, 200, [...notes.values()]);
    if (route === 'GET /notes/:id' || route === 'HEAD /notes/:id') {
      const note = notes.get(id);
      if (!note) return json(res, 404, { error: 'no such note' });
      return json(res, 200, breakage === 'ids' ? { ...note, id: randomUUID() } : note);
    }
    if (route === 'DELETE /notes/:id') {
      notes.delete(id);
      return res.writeHead(204).end();
    }
    json(res, 404, { error: 'not found' });
  }
  return server;
}

/** Starts a server on a free port and describes it as a side of a run. */
export async function listen(server: Server): Promise<LiveSide & { close(): void }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let crash: string | null = null;
  return {
    origin: `http://127.0.0.1:${port}`,
    own: { address: `127.0.0.1:${port}`, dirs: [] },
    crashed: () => crash,
    memory: async () => null,
    identity: {
      ...{ given: 'node', runtime: 'node', version: process.versions.node, platform: 'test', dir: '.', entry: 'app.js' },
      ...{ gitSha: null, isolated: true, startMs: 10 },
    },
    close() {
      crash = 'closed by the test';
      server.closeAllConnections();
      server.close();
    },
  };
}
