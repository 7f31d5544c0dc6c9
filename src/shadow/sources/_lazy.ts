import { MigrateError } from '../../model/errors.ts';
import type { ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import type { LogEntry, LogFiles } from '../log/reader.ts';
import { type ExchangeRecord, packName } from '../log/record.ts';
import { TAG } from '../log/tokenise.ts';
import { onDemand } from './_on-demand.ts';

/**
 * Exchanges whose records and bodies are read from the log each time they are asked for. A body that is damaged on the
 * disk is an error: it must not be replayed as something else.
 *
 * @param restored secrets to put back into requests, by their tags
 */
export function lazyExchanges(files: LogFiles, restored: ReadonlyMap<string, string>) {
  const restore = (text: string): string =>
    restored.size === 0 ? text : text.replace(TAG, (tag) => restored.get(tag) ?? tag);
  return onDemand<Omit<LogEntry, 'record'>>({
    request(place) {
      const { request } = files.record(place);
      return {
        method: request.method,
        origin: request.origin,
        path: restore(request.path),
        headers: request.headers.map(([name, value]): [string, string] => [name, restore(value)]),
        get body() {
          const bytes = bodyOf(files, request.body);
          return bytes && restored.size > 0 ? restoreBody(bytes, request.headers, restored) : bytes;
        },
      };
    },
    response(place) {
      const { response } = files.record(place);
      return response && toResponse(files, response, restore);
    },
  });
}

/** Secrets are put back escaped as the body's syntax asks for. */
function restoreBody(bytes: Buffer, headers: RawHeaders, restored: ReadonlyMap<string, string>): Buffer {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  // Latin-1 keeps every byte a character: what is no tag stays as it was.
  const text = bytes.toString('latin1').replace(TAG, (tag) => {
    const value = restored.get(tag);
    if (value === undefined) return tag;
    const escaped = /json/i.test(type)
      ? JSON.stringify(value).slice(1, -1)
      : /urlencoded/i.test(type)
        ? encodeURIComponent(value)
        : value;
    return Buffer.from(escaped, 'utf8').toString('latin1');
  });
  return Buffer.from(text, 'latin1');
}

function toResponse(
  files: LogFiles,
  response: NonNullable<ExchangeRecord['response']>,
  restore: (text: string) => string,
): ExchangeResponse {
  const { status, reason, headers, sha256, ending, chunks, headMs, totalMs, transcript } = response;
  return {
    ...{ status, reason, headers, sha256, ending, chunks, headMs, totalMs },
    ...(transcript && {
      transcript: {
        ...transcript,
        messages: transcript.messages.map((one) => ({ ...one, data: restore(one.data) })),
      },
    }),
    // Replaced secrets change a body's length: of a kept body the length is that of what is kept.
    size: response.body ? response.body.size : response.size,
    get body() {
      return bodyOf(files, response.body) ?? Buffer.alloc(0);
    },
  };
}

function bodyOf(files: LogFiles, ref: ExchangeRecord['request']['body']): Buffer | null {
  if (!ref) return null;
  const bytes = files.body(ref);
  if (bytes) return bytes;
  throw new MigrateError(
    'RECORDING_DAMAGED',
    `A body of the recording is not what was written (${packName(ref.pack)} at byte ${ref.at}).`,
    { hint: 'Restore the folder from a copy, or record again.' },
  );
}
