import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import type { View } from '../answer.ts';
import { isMadeOfBody, MTIME_ETAG } from '../judging/etags.ts';
import { URI_CHARACTERS } from '../judging/values.ts';
import { FRAMES, readStack } from '../sides/stack.ts';
import { answer, changeHeader, fault, json, withBody, withHeaders } from './plant.ts';

/** Of these a compressor must make something. */
const LARGE = 4096;
const named = (pattern: RegExp) => (name: string) => pattern.test(name);
const isText = ({ kind }: View): boolean => kind === 'text' || kind === 'json';

/** An error's stack in a text or in JSON with its head or its frames changed. */
function stack(view: View, change: (text: string) => string) {
  const isStack = (value: unknown): value is string => typeof value === 'string' && readStack(value) !== null;
  const inJson = json(view, isStack, (value) => change(String(value)));
  if (inJson || view.kind !== 'text' || !isStack(view.text)) return inJson;
  const changed = change(Buffer.from(view.decoded ?? []).toString('utf8'));
  return withBody(view, Buffer.from(changed));
}

/** What stands before the first frame. */
function headOf(text: string): string {
  const found = readStack(text)?.head.split(FRAMES, 1)[0];
  return found === undefined || !text.startsWith(found) ? '' : found;
}

const changeHead = (text: string, change: (head: string) => string): string => {
  const head = headOf(text);
  return change(head) + text.slice(head.length);
};

/** Regressions that rules about bodies, and headers that follow them, could hide. */
export const BODY_HIDDEN = [
  fault('length-wrong', (view) => {
    const { headers, size, status } = view.response;
    if (status === 204 || status === 304) return null;
    const kept = headers.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name));
    const said = Number(view.headers.get('content-length')?.[0] ?? 0);
    return withHeaders(view, [...kept, ['Content-Length', String(Math.max(size, said) * 10 + 100)]]);
  }),
  fault('compression-stored', (view) => {
    const { decoded, coding, response } = view;
    if (!decoded || decoded.length < LARGE || !/^(gzip|deflate)$/.test(coding)) return null;
    const body = (coding === 'gzip' ? gzipSync : deflateSync)(decoded, { level: 0 });
    if (body.length <= 2 * response.size + 512) return null;
    const sha256 = createHash('sha256').update(body).digest('hex');
    const headers = response.headers.map(([name, value]): [string, string] => [
      name,
      /^content-length$/i.test(name) ? String(body.length) : value,
    ]);
    return answer({ ...response, headers, body, size: body.length, sha256 });
  }),
  fault('stack-message', (view) =>
    stack(view, (text) => changeHead(text, (head) => head.replace(/\s*$/, ' planted'))),
  ),
  fault('stack-type', (view) =>
    stack(view, (text) => changeHead(text, (head) => head.replace(/\w*Error\b/, 'PlantedError'))),
  ),
  fault('stack-dropped', (view) =>
    stack(view, (text) => readStack(text)?.head.replaceAll(FRAMES, '') ?? text),
  ),
  fault('own-address-lost', (view) => {
    if (view.own.length === 0 || !isText(view)) return null;
    // Frames are not compared.
    if (!/<(address|dir)>/.test(readStack(view.text)?.head ?? view.text)) return null;
    const body = view.text.replaceAll('<address>', 'planted.invalid').replaceAll('<dir>', '/planted');
    return withBody(view, Buffer.from(body));
  }),
  fault('etag-of-other-size', (view) =>
    changeHeader(view, named(/^etag$/i), (etag) => (MTIME_ETAG.test(etag) ? etag.replace(/-/, 'f-') : etag)),
  ),
  fault('etag-constant', (view) =>
    changeHeader(view, named(/^etag$/i), (etag) =>
      isMadeOfBody(view, etag) ? etag.replace(/-[^"]+/, (hash) => `-${'A'.repeat(hash.length - 1)}`) : etag,
    ),
  ),
  fault('reason-changed', (view) =>
    view.response.transcript ? null : answer({ ...view.response, reason: 'Planted' }),
  ),
  // To an address with other characters it is what the rule explains.
  fault('address-refused', (view, { path }) => {
    if (view.response.status >= 400 || !URI_CHARACTERS.test(path)) return null;
    const plain = withBody(view, Buffer.from('invalid URI'), { status: 400, reason: 'Bad Request' });
    return plain;
  }),
] as const;
