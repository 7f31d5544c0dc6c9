import { createHash } from 'node:crypto';
import type { Ending, RawHeaders, SocketMessage, Transcript } from '../../model/exchange.ts';
import type { RecordingCounts } from '../../model/recording.ts';
import { rewriteBody } from '../log/coding.ts';
import type { BodyLoss } from '../log/record.ts';
import type { RedactRules } from '../log/rules.ts';
import { tokeniser } from '../log/tokenise.ts';
import type { LogWriter } from '../log/writer.ts';
import { sessions } from './sessions.ts';
import type { Tap } from './tap.ts';

/** An exchange that has passed the proxy, raw. Times in ms since the request was there. */
export interface Passed {
  seq: number;
  connection: number;
  sentAt: number;
  request: {
    method: string;
    origin: string;
    path: string;
    headers: RawHeaders;
    body: Tap;
    complete: boolean;
  };
  response: {
    status: number;
    reason: string;
    headers: RawHeaders;
    body: Tap;
    ending: Ending;
    headMs: number;
    totalMs: number;
    transcript?: Transcript;
  } | null;
  failure?: string;
}

const noCounts = (): RecordingCounts => ({
  ...{ passed: 0, recorded: 0, notRecorded: 0, overCap: 0, memory: 0, unreadableCoding: 0 },
  ...{ truncated: 0, aborted: 0, failed: 0, websockets: 0, malformed: 0, secrets: 0 },
});

const COUNTER: Record<BodyLoss, 'overCap' | 'memory' | 'unreadableCoding'> = {
  'over-cap': 'overCap',
  memory: 'memory',
  'unreadable-coding': 'unreadableCoding',
};

/** A body without secrets; `bytes` null: it is not kept, and `lost` says why. `sha256` is of what is kept, else of the whole. */
interface Kept {
  bytes: Buffer | null;
  sha256: string;
  lost?: BodyLoss;
}

/** Replaces the secrets of exchanges and hands them to the log. */
export interface Recorder {
  readonly counts: RecordingCounts;
  add(passed: Passed): void;
}

/** A {@link Recorder} that writes to a log. */
export function recorder(log: LogWriter, key: Buffer, rules: RedactRules): Recorder {
  const tokenise = tokeniser(key, rules);
  const clients = sessions();
  const counts = noCounts();

  const keep = (body: Tap, headers: RawHeaders, replace: (text: string, media: string) => string): Kept => {
    const taken = body.take();
    if ('lost' in taken) {
      counts[COUNTER[taken.lost]]++;
      return { bytes: null, ...taken };
    }
    const bytes = rewriteBody(taken.bytes, headers, replace);
    const sha256 = createHash('sha256')
      .update(bytes ?? taken.bytes)
      .digest('hex');
    if (bytes) return { bytes, sha256 };
    counts.unreadableCoding++;
    return { bytes: null, sha256, lost: 'unreadable-coding' as const };
  };

  return {
    counts,
    add({ request, response, ...passed }) {
      counts.passed++;
      const one = tokenise();
      const replace = one.body;
      // Headers before bodies: credentials found there are then recognised in the body as well.
      const headers = one.headers(request.headers);
      const requestBody = keep(request.body, request.headers, replace);
      const path = one.target(request.path);
      // What the client said on a socket was said by the client: what it needs, the exchange needs.
      const said = messages(response?.transcript, 'client', replace);
      const marks = one.marks();
      const session = clients.of(passed.connection, marks);
      const answered = response && {
        headers: one.headers(response.headers),
        body: keep(response.body, response.headers, replace),
        heard: messages(response.transcript, 'server', replace),
        marks: one.marks(),
      };
      if (answered) clients.gave(session, answered.marks);
      counts.secrets += marks.length + (answered?.marks.length ?? 0);
      if (response?.ending === 'truncated') counts.truncated++;
      if (response?.ending === 'aborted') counts.aborted++;
      if (!response) counts.failed++;
      const sent = request.body.size > 0 || declaresBody(request.headers);
      const { seq, sentAt, failure } = passed;
      const added = log.add({
        record: {
          ...{ type: 'exchange', seq, sentAt, session, failure },
          request: {
            ...{ method: request.method, origin: request.origin, path, headers, body: null },
            ...{ size: request.body.size, lost: requestBody.lost, complete: request.complete, marks },
          },
          response: response &&
            answered && {
              ...{ status: response.status, reason: response.reason, headers: answered.headers },
              ...{
                body: null,
                size: response.body.size,
                sha256: answered.body.sha256,
                lost: answered.body.lost,
              },
              ending: answered.body.lost && response.ending === 'complete' ? 'capped' : response.ending,
              chunks: [...response.body.chunks],
              headMs: response.headMs,
              totalMs: response.totalMs,
              ...(response.transcript && {
                transcript: { ...response.transcript, messages: inOrder(said, answered.heard) },
              }),
              marks: answered.marks,
            },
        },
        requestBody: sent ? requestBody.bytes : null,
        responseBody: answered?.body.bytes ?? null,
      });
      if (added) counts.recorded++;
      else counts.notRecorded++;
      log.losses({ ...counts });
    },
  };
}

/** Messages of one end without their secrets. Binary ones are searched where they hold text. */
function messages(
  transcript: Transcript | undefined,
  from: SocketMessage['from'],
  replace: (text: string, media: string) => string,
): SocketMessage[] {
  return (transcript?.messages ?? [])
    .filter((one) => one.from === from)
    .map((one) => ({ ...one, data: clean(one, replace) }));
}

function clean({ kind, data }: SocketMessage, replace: (text: string, media: string) => string): string {
  if (kind === 'text') return replace(data, '');
  const bytes = Buffer.from(data, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes)
    ? Buffer.from(replace(text, ''), 'utf8').toString('base64')
    : data;
}

const inOrder = (said: readonly SocketMessage[], heard: readonly SocketMessage[]): SocketMessage[] =>
  [...said, ...heard].sort((a, b) => a.at - b.at);

const declaresBody = (headers: RawHeaders): boolean =>
  headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
