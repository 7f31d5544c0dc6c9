import { createHash, randomBytes } from 'node:crypto';
import type { Exchange } from '../../model/exchange.ts';
import type { View } from '../answer.ts';
import type { Triple } from '../replay/trio.ts';
import { readStack } from '../sides/stack.ts';
import { VOLATILE_ALL } from './values.ts';

/** Folders that are asked for something that is not there: more tell no more. */
const MOST_FOLDERS = 24;
/** Below this status a route has answered, whatever it said. */
const REFUSED = 400;

/**
 * What a refusing answer is, whatever address was asked: two addresses that get the same error page have the same. Null
 * for an answer below 400.
 */
export function pageOf(
  view: View,
  { method, path }: Pick<Exchange['request'], 'method' | 'path'>,
): string | null {
  const { status, sha256 } = view.response;
  if (status < REFUSED) return null;
  // An answer to HEAD has no page to tell by.
  if (method === 'HEAD') return bodiless(status);
  const isText = view.kind === 'text' || view.kind === 'json' || view.kind === 'events';
  const type = view.headers.get('content-type')?.join() ?? '';
  const body = isText ? anywhere(view.text, method, path) : sha256;
  return createHash('sha256').update(`${status}\0${type}\0${body}`).digest('hex').slice(0, 16);
}

const bodiless = (status: number): string => `${status} HEAD`;

/** A text without the address and method that were asked, and without what is made up anew each time. */
function anywhere(text: string, method: string, target: string): string {
  const path = target.split('?', 1)[0] ?? target;
  const names = new Set([target, path, decoded(target), decoded(path)].flatMap(spellings));
  let out = readStack(text)?.head ?? text;
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    if (name.length < 2) continue;
    // Not inside another word, and not the end of an HTML tag.
    out = out.replace(new RegExp(`(?<![<\\w])${quoted(name)}(?![\\w>])`, 'g'), '<path>');
  }
  return out
    .replace(new RegExp(`\\b${quoted(method)}\\b`, 'g'), '<method>')
    .replace(VOLATILE_ALL, '<value>')
    .replace(/\d{10,}/g, '<number>');
}

const spellings = (name: string): string[] => [
  name,
  name.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  JSON.stringify(name).slice(1, -1),
];

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Remembers where the old side refused, and asks there for what no route has. */
export interface UnknownPages {
  /** An exchange and its answers, counted or not. */
  saw(exchange: Exchange, triple: Pick<Triple, 'old'>): void;
  /**
   * Pages that the old side gives for addresses no route has, in the folders of those it refused.
   *
   * @param isRoute whether some route of the application has an address
   */
  ask(
    replay: (exchange: Exchange) => Promise<Pick<Triple, 'old'>>,
    isRoute: (path: string) => boolean,
  ): Promise<string[]>;
}

export function unknownPages(): UnknownPages {
  /** By folder: the first exchange refused in it, whose credentials are used again. */
  const folders = new Map<string, Exchange>();
  return {
    saw(exchange, { old: { view } }) {
      if (!view || view.response.status < REFUSED) return;
      const parts = (exchange.request.path.split('?', 1)[0] ?? '').split('/').slice(1, -1);
      for (let depth = parts.length; depth >= 0; depth--) {
        const folder = ['', ...parts.slice(0, depth)].join('/');
        if (folders.size < MOST_FOLDERS && !folders.has(folder)) folders.set(folder, exchange);
      }
    },
    async ask(replay, isRoute) {
      const pages = new Set<string>();
      for (const [folder, exchange] of folders) {
        const path = `${folder}/migrate-${randomBytes(6).toString('hex')}`;
        if (isRoute(path)) continue;
        const request = { ...exchange.request, method: 'GET', path, body: null };
        const headers = request.headers.filter(([name]) => !/^(content-|transfer-|if-|range$)/i.test(name));
        const { view } = (await replay({ ...exchange, response: null, request: { ...request, headers } }))
          .old;
        const page = view && pageOf(view, { method: 'GET', path });
        if (!view || page === null) continue;
        pages.add(page);
        pages.add(bodiless(view.response.status));
      }
      return [...pages].sort();
    },
  };
}
