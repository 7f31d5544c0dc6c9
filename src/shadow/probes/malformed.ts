import { connect } from 'node:net';

/** A request that is no proper HTTP/1.1. */
export interface Malformed {
  name: string;
  /** What is wrong with it, with the place that says what a server should do. */
  what: string;
  bytes: string;
}

/** No application has this path: what is let through changes nothing. */
const PATH = '/migrate-probe';
const HOST = 'Host: localhost\r\n';
const get = (line: string, headers = HOST) => `${line}\r\n${headers}\r\n`;
const post = (headers: string, body: string) => `POST ${PATH} HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;

export const MALFORMED: readonly Malformed[] = [
  { name: 'request-line', what: 'a request line of one word (RFC 9112 §3)', bytes: get('NONSENSE') },
  {
    name: 'target-with-space',
    what: 'a space in the target (RFC 9112 §3.2)',
    bytes: get(`GET ${PATH}/a b HTTP/1.1`),
  },
  { name: 'version', what: 'HTTP/9.9 (RFC 9110 §15.6.6)', bytes: get(`GET ${PATH} HTTP/9.9`) },
  {
    name: 'http-1.0',
    what: 'HTTP/1.0 without Host: closed after the answer (RFC 9112 §9.3)',
    bytes: get(`GET ${PATH} HTTP/1.0`, ''),
  },
  {
    name: 'host-missing',
    what: 'HTTP/1.1 without Host: 400 (RFC 9112 §3.2)',
    bytes: get(`GET ${PATH} HTTP/1.1`, ''),
  },
  {
    name: 'host-twice',
    what: 'two Host headers: 400 (RFC 9112 §3.2)',
    bytes: get(`GET ${PATH} HTTP/1.1`, `${HOST}Host: other\r\n`),
  },
  {
    name: 'host-empty',
    what: 'an empty Host: 400 unless the target has none either (RFC 9110 §7.2)',
    bytes: get(`GET ${PATH} HTTP/1.1`, 'Host:\r\n'),
  },
  {
    name: 'target-with-backslash',
    what: 'a backslash in the target (RFC 3986 §3.3)',
    bytes: get(`GET ${PATH}/a\\b HTTP/1.1`),
  },
  {
    name: 'target-star',
    what: 'the target "*" of another method than OPTIONS (RFC 9112 §3.2.4)',
    bytes: get('GET * HTTP/1.1'),
  },
  {
    name: 'absolute-form',
    what: 'a whole URL as the target: to be accepted (RFC 9112 §3.2.2)',
    bytes: get(`GET http://localhost${PATH} HTTP/1.1`),
  },
  {
    name: 'lower-case-method',
    what: 'the method "get": methods are case-sensitive (RFC 9110 §9.1)',
    bytes: get(`get ${PATH} HTTP/1.1`),
  },
  {
    name: 'header-name',
    what: 'a space in a header name (RFC 9112 §5.1)',
    bytes: get(`GET ${PATH} HTTP/1.1`, `${HOST}Bad Name: x\r\n`),
  },
  {
    name: 'header-without-colon',
    what: 'a header line without a colon (RFC 9112 §5)',
    bytes: get(`GET ${PATH} HTTP/1.1`, `${HOST}nonsense\r\n`),
  },
  {
    name: 'header-folded',
    what: 'a folded header line: 400 or a space (RFC 9112 §5.2)',
    bytes: get(`GET ${PATH} HTTP/1.1`, `${HOST}X-Long: a\r\n b\r\n`),
  },
  {
    name: 'header-oversized',
    what: 'a header of 128 KiB (RFC 6585 §5)',
    bytes: get(`GET ${PATH} HTTP/1.1`, `${HOST}X-Long: ${'a'.repeat(131_072)}\r\n`),
  },
  {
    name: 'both-lengths',
    what: 'Content-Length and Transfer-Encoding together: request smuggling (RFC 9112 §6.1)',
    bytes: post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
  },
  {
    name: 'two-lengths',
    what: 'two different Content-Lengths (RFC 9112 §6.3)',
    bytes: post('Content-Length: 4\r\nContent-Length: 5\r\n', 'abcde'),
  },
  {
    name: 'chunk-size',
    what: 'a chunk size that is no number (RFC 9112 §7.1)',
    bytes: post('Transfer-Encoding: chunked\r\n', 'zz\r\nab\r\n0\r\n\r\n'),
  },
  {
    name: 'bare-line-feed',
    what: 'lines that end in LF alone (RFC 9112 §2.2)',
    bytes: get(`GET ${PATH} HTTP/1.1`).replaceAll('\r\n', '\n'),
  },
];

/** After this long without a byte a connection counts as kept open, ms. */
const QUIET_MS = 900;

/**
 * Sends bytes on a connection of its own and says what came back.
 *
 * @returns `400, closed`, `404, kept open`, `no answer, closed`; several statuses where there were several answers
 */
export function sendRaw(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    let seen = '';
    let timer: NodeJS.Timeout | undefined;
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: false });
    const done = (how: string) => {
      clearTimeout(timer);
      socket.destroy();
      // A status line stands at the start, or after the body before it, which need not end in a line.
      const statuses = [...seen.matchAll(/HTTP\/1\.[01] (\d{3})[ \r]/g)].map(([, status]) => status);
      resolve(`${statuses.join(' and ') || 'no answer'}, ${how}`);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => done('kept open'), QUIET_MS);
    };
    socket.on('connect', () => {
      socket.write(bytes, 'latin1');
      wait();
    });
    socket.on('data', (chunk) => {
      if (seen.length < 65_536) seen += chunk.toString('latin1');
      wait();
    });
    // Reset or closed in order: for a client that has its answer it is one thing.
    socket.on('error', () => {});
    socket.on('close', () => done('closed'));
  });
}
