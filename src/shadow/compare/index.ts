import type { Answer, OwnStrings, View } from '../answer.ts';
import { compareBody } from './body.ts';
import { compareCookies } from './cookies.ts';
import { type Found, found } from './found.ts';
import { compareHeaders } from './headers.ts';
import { compareTranscripts } from './transcripts.ts';

/** A pair of answers to the same request, decoded; null where there was no response. */
export interface Pair {
  method: string;
  /** The request target as recorded. */
  path?: string;
  old: { answer: Answer; view: View | null; own?: OwnStrings };
  new: { answer: Answer; view: View | null; own?: OwnStrings };
  /** Compare only the first events of a stream: the recording's client hung up there. */
  eventsUpTo?: number;
}

/** All differences of two answers, unexplained: status line, headers, cookies, redirect, body, transport. */
export function compareAnswers(pair: Pair): Found[] {
  const { old, new: next } = pair;
  if (!old.answer.ok || !next.answer.ok || !old.view || !next.view) {
    const before = describe(old.answer);
    const after = describe(next.answer);
    return before === after ? [] : [found('transport', 'transport', before, after)];
  }
  const out: Found[] = [];
  const [a, b] = [old.view.response, next.view.response];
  if (a.status !== b.status) out.push(found('status', 'status', String(a.status), String(b.status)));
  else if (a.reason !== b.reason) out.push(found('reason', 'reason', a.reason, b.reason));
  out.push(...compareHeaders(old.view, next.view, { old: old.own, new: next.own }));
  out.push(...compareCookies(old.view, next.view));
  if (a.transcript || b.transcript) out.push(...compareTranscripts(a.transcript, b.transcript));
  else out.push(...compareBody(old.view, next.view, pair.eventsUpTo));
  return out;
}

const describe = (answer: Answer): string =>
  answer.ok ? `answered ${answer.response.status}` : answer.failure.code;
