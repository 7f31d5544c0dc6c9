// Hands a request to the origin and the origin's answer back, both as they come: nothing is held, nothing is unpacked.
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { pipeline } from 'node:stream';
import tls from 'node:tls';

const { ORIGIN_URL, ORIGIN_TIMEOUT_MS = '30000', BEHIND_PROXY } = process.env;
const origin = new URL(ORIGIN_URL);
const isSecure = origin.protocol === 'https:';
const { request, Agent } = isSecure ? https : http;
const agent = new Agent({ keepAlive: true });
const target = {
  host: origin.hostname.replace(/^\[|\]$/g, ''),
  port: Number(origin.port) || (isSecure ? 443 : 80),
};

/** Fields about one connection, not about the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
];
const LATE = [504, 'Gateway Timeout', 'The origin did not answer in time.\n'];
const DOWN = [502, 'Bad Gateway', 'The origin cannot be reached.\n'];

/** Settles when the answer has been handed on, or has broken off. */
export function toOrigin(incoming, outgoing) {
  const { method, headers } = incoming;
  const isChunked = headers['transfer-encoding'] !== undefined;
  const hasBody = isChunked || Number(headers['content-length'] ?? 0) > 0;
  return new Promise((done) => {
    let sent;
    let isLate = false;
    // Until the answer begins: a stream may last.
    const timer = setTimeout(() => {
      isLate = true;
      sent.destroy();
    }, Number(ORIGIN_TIMEOUT_MS));
    outgoing.on('close', () => {
      clearTimeout(timer);
      sent.destroy();
      done();
    });

    const send = () => {
      sent = request({ ...target, agent, method, path: pathOf(incoming), headers: requestHeaders(incoming) });
      if (isChunked) sent.setHeader('transfer-encoding', 'chunked');
      sent.on('response', (answer) => {
        clearTimeout(timer);
        outgoing.sendDate = false;
        outgoing.writeHead(answer.statusCode, answer.statusMessage, endToEnd(answer).flat());
        // The head does not wait for the first bytes of the body; `flushHeaders` would write it as UTF-8.
        outgoing.write('', 'latin1');
        // What breaks off here breaks off for the client.
        pipeline(answer, outgoing, () => {});
      });
      sent.on('error', ({ code }) => {
        if (outgoing.headersSent) return outgoing.destroy();
        // The origin closed a connection that was kept while this was on its way.
        if (sent.reusedSocket && code === 'ECONNRESET' && !hasBody && !isLate) return send();
        const [status, , text] = isLate ? LATE : DOWN;
        outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
      });
      if (hasBody) pipeline(incoming, sent, () => {});
      else sent.end();
    };
    send();
  });
}

/** A WebSocket: both ends are joined, byte for byte. */
export function upgradeToOrigin(incoming, socket, head) {
  const upstream = isSecure ? tls.connect({ ...target, servername: target.host }) : net.connect(target);
  const fields = Object.entries(requestHeaders(incoming)).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  const { upgrade } = incoming.headers;
  const start = `${incoming.method} ${pathOf(incoming)} HTTP/1.1\r\nconnection: upgrade\r\nupgrade: ${upgrade}\r\n`;
  upstream.write(`${start}${fields.join('')}\r\n`, 'latin1');
  if (head.length > 0) upstream.write(head);
  const fail = ([status, reason, text]) => {
    if (upstream.bytesRead > 0) return socket.destroy();
    const length = Buffer.byteLength(text);
    const rest = 'content-type: text/plain; charset=utf-8\r\nconnection: close';
    socket.end(`HTTP/1.1 ${status} ${reason}\r\n${rest}\r\ncontent-length: ${length}\r\n\r\n${text}`);
    upstream.destroy();
  };
  const timer = setTimeout(() => fail(LATE), Number(ORIGIN_TIMEOUT_MS));
  upstream.once('data', () => clearTimeout(timer));
  upstream.on('error', () => fail(DOWN));
  upstream.on('close', () => clearTimeout(timer));
  socket.on('error', () => upstream.destroy());
  socket.on('close', () => upstream.destroy());
  upstream.pipe(socket);
  socket.pipe(upstream);
}

/** As the client wrote it, below the path of the origin; a target with a host in it loses that. */
function pathOf({ url }) {
  const path =
    url.startsWith('/') || !URL.canParse(url) ? url : url.slice(url.indexOf('/', url.indexOf('//') + 2));
  return origin.pathname.replace(/\/$/, '') + path;
}

function requestHeaders(incoming) {
  const headers = Object.create(null);
  for (const [name, value] of endToEnd(incoming)) {
    const key = name.toLowerCase();
    headers[key] = [...(headers[key] ?? []), value];
  }
  headers.host = origin.host;
  const proto = incoming.socket.encrypted ? 'https' : 'http';
  const isKept = BEHIND_PROXY === 'on';
  headers['x-forwarded-for'] = [
    ...(headers['x-forwarded-for'] ?? []),
    incoming.socket.remoteAddress ?? 'unknown',
  ].join(', ');
  headers['x-forwarded-proto'] = (isKept && headers['x-forwarded-proto']) || proto;
  headers['x-forwarded-host'] = (isKept && headers['x-forwarded-host']) || (incoming.headers.host ?? '');
  return headers;
}

/** Name and value of each field, without those of the connection and without those that `Connection` names. */
function endToEnd({ rawHeaders, headers }) {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const isDropped = (name) => HOP_BY_HOP.includes(name) || named.includes(name);
  const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []));
  return pairs.filter(([name]) => !isDropped(name.toLowerCase()));
}
