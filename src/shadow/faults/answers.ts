import { createHash } from 'node:crypto';
import { stringify } from 'lossless-json';
import { isNumber } from '../exact-json.ts';
import {
  answer,
  changeHeader,
  dropHeader,
  EXCUSED,
  type Fault,
  isPlain,
  json,
  withBody,
  withHeaders,
} from './plant.ts';

/**
 * Ways in which any answer may be wrong. Values the application makes up anew each time are left out: what rules about
 * those could hide is planted on its own.
 */
export const ANSWER_FAULTS: readonly Fault[] = [
  { id: 'dead', plant: () => ({ ok: false, failure: { code: 'REFUSED', message: 'planted' } }) },
  { id: 'hang', plant: () => ({ ok: false, failure: { code: 'TIMEOUT', message: 'planted' } }) },
  {
    id: 'status-flipped',
    plant: ({ response }) =>
      answer({ ...response, status: response.status === 200 ? 201 : response.status + 1 }),
  },
  {
    id: 'status-500',
    plant: ({ response }) => (response.status === 500 ? null : answer({ ...response, status: 500 })),
  },
  { id: 'header-dropped', plant: (view) => dropHeader(view, (name) => !EXCUSED.test(name)) },
  {
    id: 'header-changed',
    plant: (view) =>
      changeHeader(
        view,
        (name) => !EXCUSED.test(name),
        (value) => `${value}x`,
      ),
  },
  { id: 'header-added', plant: (view) => withHeaders(view, [...view.response.headers, ['X-Planted', '1']]) },
  {
    id: 'content-type-changed',
    plant: (view) =>
      changeHeader(
        view,
        (name) => /^content-type$/i.test(name),
        () => 'application/x-planted',
      ),
  },
  {
    id: 'redirect-elsewhere',
    plant: (view) =>
      changeHeader(
        view,
        (name) => /^location$/i.test(name),
        (value) => `${value}/planted`,
      ),
  },
  { id: 'cookie-dropped', plant: (view) => dropHeader(view, (name) => /^set-cookie$/i.test(name)) },
  {
    id: 'cookie-attribute-dropped',
    plant: (view) =>
      changeHeader(
        view,
        (name) => /^set-cookie$/i.test(name),
        (value) => value.replace(/;\s*(httponly|secure|samesite=\w+|path=[^;]*)/i, ''),
      ),
  },
  {
    id: 'byte-changed',
    plant: (view) => {
      if (view.kind !== 'text' && view.kind !== 'binary') return null;
      const body = Buffer.from(view.decoded ?? []);
      if (body.length === 0) return null;
      body[0] = (body[0] ?? 0) ^ 1;
      return withBody(view, body);
    },
  },
  {
    id: 'body-truncated',
    plant: (view) => {
      const { response } = view;
      if (view.kind === 'events' || response.body.length < 2) return null;
      const body = response.body.subarray(0, response.body.length >> 1);
      return answer({
        ...response,
        body,
        size: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
        ending: 'truncated',
      });
    },
  },
  {
    id: 'body-emptied',
    plant: (view) =>
      view.kind === 'empty' || view.kind === 'events' ? null : withBody(view, Buffer.alloc(0)),
  },
  {
    id: 'json-reordered',
    plant: (view) =>
      json(
        view,
        (value) => Array.isArray(value) && new Set(value.map((item) => stringify(item))).size > 1,
        (value) => (value as unknown[]).toReversed(),
      ),
  },
  {
    id: 'json-item-lost',
    plant: (view) =>
      json(
        view,
        (value) => Array.isArray(value) && value.length > 0,
        (value) => (value as unknown[]).slice(0, -1),
      ),
  },
  {
    id: 'json-key-lost',
    plant: (view) =>
      json(
        view,
        (value, exact) => exact !== 'body' && !isPlain(value) && !exact.endsWith(']'),
        () => undefined,
      ),
  },
  {
    id: 'json-key-added',
    plant: (view) => json(view, isPlain, (value) => ({ ...(value as object), planted: true })),
  },
  {
    id: 'json-nulled',
    plant: (view) =>
      json(
        view,
        (value, exact) => exact !== 'body' && value !== null,
        () => null,
      ),
  },
  {
    id: 'json-string-changed',
    plant: (view, { varies }) =>
      json(
        view,
        (value, exact) => typeof value === 'string' && !varies(exact),
        (value) => `${String(value)} planted`,
      ),
  },
  {
    id: 'json-number-to-string',
    plant: (view) => json(view, isNumber, (value) => String(value)),
  },
  {
    id: 'socket-message-lost',
    plant(view) {
      const { transcript } = view.response;
      const last = transcript?.messages.findLast(({ from }) => from === 'server');
      if (!transcript || !last) return null;
      const messages = transcript.messages.filter((one) => one !== last);
      return { ok: true, response: { ...view.response, transcript: { ...transcript, messages } } };
    },
  },
  {
    id: 'stream-event-lost',
    plant: (view) => {
      if (view.kind !== 'events') return null;
      const blocks = view.text.split(/(?<=\n\n)/);
      return blocks.length < 2 ? null : withBody(view, Buffer.from(blocks.slice(1).join('')));
    },
  },
];
