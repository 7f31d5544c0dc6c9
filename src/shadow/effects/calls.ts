import { createHash } from 'node:crypto';
import { VOLATILE_ALL, valueClass } from '../judging/values.ts';
import { nameForm } from '../traffic/forms.ts';

/** A call of the application to another server, without its answer. */
export interface Call {
  method: string;
  url: string;
  body: Buffer;
}

/**
 * The recorded answer to a call: header names and values in turn, and its body as it came. It may still be coming while
 * another side asks for it. Null chunks: it was too large to be kept.
 */
export interface Recorded {
  status: number;
  reason: string;
  headers: string[];
  chunks: { at: number; data: Buffer }[] | null;
  /** When its head came. All times in ms since the call was made: other sides wait as long for it. */
  headAt: number;
  /** `cut`: the old side went away before its end, so nobody knows how it goes on. */
  state: 'coming' | 'ended' | 'cut';
  /** Called whenever something of the above has changed. */
  listeners: Set<() => void>;
}

/** Answers of the old side's calls, in the order they were made. */
export interface CallBook {
  add(call: Call, answer: Recorded): void;
  /** The next answer recorded for such a call, each given once a reader; undefined when there is none. */
  next(reader: string, call: Call): Recorded | undefined;
  /** The last answer recorded for such a call, however often it was given. */
  last(call: Call): Recorded | undefined;
}

/** An empty {@link CallBook}. */
export function callBook(): CallBook {
  const exact = new Map<string, Recorded[]>();
  const alike = new Map<string, Recorded[]>();
  const given = new Map<string, Set<Recorded>>();
  /** Where the reader's first unused answer of a list may stand: everything before is used. */
  const from = new Map<string, number>();
  const unused = (map: Map<string, Recorded[]>, key: string, reader: string, used: Set<Recorded>) => {
    const list = map.get(key) ?? [];
    const place = `${map === exact ? 'exact' : 'alike'} ${reader} ${key}`;
    let at = from.get(place) ?? 0;
    for (let one = list[at]; one && used.has(one); one = list[at]) at++;
    from.set(place, at);
    return list[at];
  };
  return {
    add(call, answer) {
      push(exact, keyOf(call), answer);
      push(alike, shapeOf(call), answer);
    },
    next(reader, call) {
      const used = given.get(reader) ?? new Set<Recorded>();
      given.set(reader, used);
      const found = unused(exact, keyOf(call), reader, used) ?? unused(alike, shapeOf(call), reader, used);
      if (found) used.add(found);
      return found;
    },
    last: (call) => exact.get(keyOf(call))?.at(-1) ?? alike.get(shapeOf(call))?.at(-1),
  };
}

function push(map: Map<string, Recorded[]>, key: string, answer: Recorded): void {
  const list = map.get(key);
  if (list) list.push(answer);
  else map.set(key, [answer]);
}

const keyOf = ({ method, url, body }: Call): string =>
  `${method} ${url} ${createHash('sha256').update(body).digest('hex')}`;

const shapeOf = ({ method, url, body }: Call): string =>
  `${method} ${shape(url)} ${shape(body.toString('latin1'))}`;

/** A text with every generated-looking value replaced by its class: `uploads/<uuid>.txt`. */
export const shape = (text: string): string =>
  text.replace(VOLATILE_ALL, (value) => `<${valueClass(value) ?? 'token'}>`);

/** The same with the form of each value: names of another form are other names. */
export const shapeAndForm = (text: string): string =>
  text.replace(VOLATILE_ALL, (value) => {
    const kind = valueClass(value) ?? 'token';
    return `<${kind} ${nameForm(kind, value)}>`;
  });
