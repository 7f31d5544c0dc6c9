import { connect } from 'node:net';

/** Sends one request over a socket of its own and reads the answer to the end. */
export function exchange(port, { method, path, headers, body, chunked }, facts = {}) {
  const content = body === undefined ? undefined : Buffer.from(body);
  const lines = [`${method} ${encodeTarget(path)} HTTP/1.1`];
  const all = { Host: 'localhost', Connection: 'close', ...headers };
  if (content && !chunked) all['Content-Length'] = content.length;
  if (chunked) all['Transfer-Encoding'] = 'chunked';
  for (const [name, value] of Object.entries(all)) {
    lines.push(`${name}: ${String(value).replace(/\{(etag|date)\}/, (_, fact) => facts[fact] ?? '')}`);
  }
  const payload = !content ? [] : chunked ? [chunkOf(content), Buffer.from('0\r\n\r\n')] : [content];
  const request = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), ...payload]);
  return new Promise((resolve, reject) => {
    const received = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${method} ${path}`)));
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(readAnswer(Buffer.concat(received))));
  });
}

/** Sends requests one after another over one connection, each when the one before was answered; the last one closes it. */
export async function conversation(port, requests) {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
  const answers = [];
  for (const request of requests) {
    const answered = new Promise((resolve, reject) => {
      let received = Buffer.alloc(0);
      const collect = (chunk) => {
        received = Buffer.concat([received, chunk]);
        if (!isComplete(received, request.startsWith('HEAD'))) return;
        socket.off('data', collect);
        resolve(readAnswer(received));
      };
      socket.on('data', collect).once('error', reject);
      socket.once('close', () => reject(new Error(`closed before the answer to ${request.slice(0, 40)}`)));
    });
    socket.write(request);
    answers.push(await answered);
  }
  socket.destroy();
  return answers;
}

function isComplete(bytes, isHead) {
  const split = bytes.indexOf('\r\n\r\n');
  if (split === -1) return false;
  const head = bytes.subarray(0, split).toString('latin1');
  const length = isHead ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  return bytes.length >= split + 4 + length;
}

const encodeTarget = (path) => path.replace(/[^\x21-\x7e]/g, (char) => encodeURI(char));

const chunkOf = (content) => Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n')]);

/** The parts of an answer that must be the same: status line, headers by lower-case name, body with chunks joined. */
export function readAnswer(bytes) {
  const split = bytes.indexOf('\r\n\r\n');
  const [status, ...lines] = bytes.subarray(0, split).toString('latin1').split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]);
  const body = bytes.subarray(split + 4);
  const chunked = headers.some(([name, value]) => name === 'transfer-encoding' && value === 'chunked');
  return {
    status,
    headers: headers
      .filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
      .map(([name, value]) => `${name}: ${value.replace(/(^aged=.*Expires=)[^;]+/, '$1<clock>')}`)
      .sort((a, b) => (a.startsWith('set-cookie') && b.startsWith('set-cookie') ? 0 : a < b ? -1 : 1)),
    body: (chunked ? joinChunks(body) : body).toString('latin1'),
  };
}

function joinChunks(body) {
  const chunks = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!size) break;
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}
