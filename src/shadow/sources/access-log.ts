import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Exchange, RawHeaders } from '../../model/exchange.ts';
import { isSafe } from '../replay/prepare.ts';
import type { TrafficSource } from '../sources.ts';
import { LOGIN_HINT } from '../traffic/login.ts';
import { exchangeOf, skips, skipWarnings, startsHar } from './_exchange.ts';

/** What one line tells. */
interface Line {
  method: string;
  target: string;
  status?: number;
  client?: string;
  at?: number;
  host?: string;
  agent?: string;
  referer?: string;
}

/** NCSA common and combined log format: `host ident user [time] "request" status bytes "referer" "agent"`. */
const COMBINED =
  /^(\S+) \S+ .{1,200}? ?\[([^\]]{1,60})\] "([^"\\]*(?:\\.[^"\\]*)*)" (\d{3}) (?:\d+|-)(?: "([^"]*)" "([^"]*)")?/;
const NO_BODY = 'the access log has no request body: it cannot be sent as it was';

/** Access logs of nginx, Apache, Caddy, Traefik, pino, morgan: which paths were asked for, never what with. */
const accessLog: TrafficSource = {
  id: 'access-log',
  title: 'an access log (combined format, or one JSON object a line)',
  recognises: (_file, head, kind) =>
    kind === 'file' &&
    !startsHar(head) &&
    head.split('\n', 20).some((line) => line.length < 32_000 && parseLine(line) !== null),
  async read(file) {
    const name = basename(file);
    const left = skips();
    const exchanges: Exchange[] = [];
    let unsafe = 0;
    const bytes = createReadStream(file);
    const input = (await isGzip(file)) ? bytes.pipe(createGunzip()) : bytes;
    for await (const text of createInterface({
      input,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (text.trim() === '') continue;
      const line = text.length > 64_000 ? null : parseLine(text);
      if (!line) {
        left.add('the line is no access log entry');
        continue;
      }
      const safe = isSafe(line.method);
      if (!safe) unsafe++;
      const host = line.host ?? 'localhost';
      const headers: RawHeaders = [['Host', host]];
      if (line.agent) headers.push(['User-Agent', line.agent]);
      if (line.referer) headers.push(['Referer', line.referer]);
      exchanges.push(
        exchangeOf(exchanges.length + 1, {
          ...{ source: `access-log:${name}`, session: line.client ?? 'log', origin: `http://${host}` },
          ...{
            method: line.method,
            path: line.target,
            headers,
            sentAt: line.at,
            recordedStatus: line.status,
          },
          withheld: safe ? undefined : NO_BODY,
        }),
      );
    }
    const warnings = [
      ...skipWarnings(name, left.counts),
      `${name}: an access log holds no bodies, no cookies and no Authorization: only what needs no login is reached; ${LOGIN_HINT}`,
    ];
    if (unsafe > 0) warnings.push(`${name}: ${unsafe} requests are not sent: ${NO_BODY}.`);
    return { source: 'access-log', file, exchanges, skipped: left.counts, warnings };
  },
};
export default accessLog;

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function parseLine(text: string): Line | null {
  if (text.startsWith('{')) return parseJson(text);
  const match = COMBINED.exec(text);
  if (!match) return null;
  const [, client, time = '', request = '', status, referer, agent] = match;
  const [, method, target] = /^([A-Z]{3,20}) (\S+)(?: HTTP\/[\d.]+)?$/.exec(unescapeLog(request)) ?? [];
  if (method === undefined || !target?.startsWith('/')) return null;
  return {
    ...{ method, target, client, status: Number(status), at: clfTime(time) },
    agent: agent && agent !== '-' ? unescapeLog(agent) : undefined,
    referer: referer && referer !== '-' ? unescapeLog(referer) : undefined,
  };
}

/** nginx writes `\x22`, Apache `\"`. */
const unescapeLog = (text: string): string =>
  text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex?: string, char?: string) =>
    hex === undefined ? (char ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** `10/Oct/2000:13:55:36 -0700` in ms since the epoch. */
function clfTime(text: string): number | undefined {
  const [, day, month, year, clock, zone] =
    /^(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) ?([+-]\d{4})?$/.exec(text) ?? [];
  const at = Date.parse(`${day} ${month} ${year} ${clock} ${zone ?? '+0000'}`);
  return Number.isNaN(at) ? undefined : at;
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Field names of nginx's usual JSON formats, Caddy, Traefik, pino-http, morgan-json, Envoy and cloud load balancers. */
const FIELDS = {
  method: ['method', 'request_method', 'requestMethod', 'RequestMethod', 'http_method', 'verb'],
  target: [
    'url',
    'uri',
    'request_uri',
    'requestUri',
    'RequestPath',
    'path',
    'requestUrl',
    'originalUrl',
    'target',
  ],
  status: ['status', 'statusCode', 'status_code', 'DownstreamStatus', 'response_code', 'res_status'],
  client: ['remote_addr', 'remoteAddr', 'remote_ip', 'remoteIp', 'client_ip', 'clientIp', 'ip', 'ClientHost'],
  time: ['time', 'timestamp', 'ts', '@timestamp', 'time_iso8601', 'StartUTC', 'date'],
  host: ['host', 'http_host', 'RequestHost', 'hostname'],
  agent: ['user_agent', 'userAgent', 'http_user_agent', 'user-agent'],
} as const;

function parseJson(text: string): Line | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJson(value)) return null;
  const { req, request, res, response, httpRequest } = value;
  const asked = [request, req, httpRequest, value].filter(isJson);
  const answered = [response, res, httpRequest, value].filter(isJson);
  const pick = (from: readonly Json[], names: readonly string[]): string | undefined => {
    for (const object of from)
      for (const name of names) {
        const found = object[name];
        if (typeof found === 'string' || typeof found === 'number') return String(found);
      }
    return undefined;
  };
  let method = pick(asked, FIELDS.method);
  let target = pick(asked, FIELDS.target);
  // `"request": "GET /x HTTP/1.1"` as in nginx's own variables.
  if (typeof request === 'string') [, method, target] = /^([A-Z]+) (\S+)/.exec(request) ?? [];
  if (method === undefined || target === undefined || !/^[A-Za-z]{3,20}$/.test(method)) return null;
  if (URL.canParse(target) && /^https?:/.test(target)) target = target.replace(/^https?:\/\/[^/?#]*/, '');
  if (target === '' || target.startsWith('?')) target = `/${target}`;
  if (!target.startsWith('/')) return null;
  const status = Number(pick(answered, FIELDS.status));
  const time = pick([value], FIELDS.time);
  const at = time === undefined ? Number.NaN : toMs(time);
  const host = pick(asked, FIELDS.host);
  return {
    ...{ method: method.toUpperCase(), target },
    status: Number.isInteger(status) && status >= 100 && status < 600 ? status : undefined,
    client: pick(asked, FIELDS.client),
    at: Number.isNaN(at) ? undefined : at,
    host: host !== undefined && /^[\w.:[\]-]+$/.test(host) ? host : undefined,
    agent: pick(asked, FIELDS.agent),
  };
}

/** Seconds or ms since the epoch, or a date. */
function toMs(text: string): number {
  const number = Number(text);
  if (Number.isNaN(number)) return Date.parse(text);
  return number < 1e11 ? number * 1000 : number;
}
