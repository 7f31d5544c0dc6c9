import { createHash, randomBytes } from 'node:crypto';
import type { Exchange } from '../../model/exchange.ts';
import type { View } from '../answer.ts';
import type { Triple } from '../replay/trio.ts';
import { readStack } from '../sides/stack.ts';
import { foldIds } from '../traffic/routes.ts';
import { VOLATILE_ALL } from './values.ts';

/** Folders that are asked for something that is not there: more tell no more. */
const MOST_FOLDERS = 64;
/** Below this status a route has answered, whatever it said. */
const REFUSED = 400;

type Asked = Pick<Exchange['request'], 'method' | 'path'>;

/**
 * What a refusing answer is, whatever address of its folder was asked: two addresses of one folder that get the same error
 * page have the same. What a guard answers in another folder says nothing about this one. Null for an answer below 400.
 */
export const pageOf = (view: View, request: Asked): string | null =>
  pageIn(folderOf(request.path), view, request);

function pageIn(folder: string, view: View, { method, path }: Asked): string | null {
  const { status, sha256 } = view.response;
  if (status < REFUSED) return null;
  // An answer to HEAD has no page to tell by.
  if (method === 'HEAD') return bodiless(folder, status);
  const isText = view.kind === 'text' || view.kind === 'json' || view.kind === 'events';
  const type = view.headers.get('content-type')?.join() ?? '';
  const body = isText ? anywhere(view.text, method, path) : sha256;
  return digest(folder, status, type, body);
}

const bodiless = (folder: string, status: number): string => digest(folder, status, 'HEAD');

const digest = (...parts: (string | number)[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);

/** Where an address is, in letters of one case and with ids folded: one folder of the application, however it is written. */
const folderOf = (target: string): string => foldIds(pathOf(target).toLowerCase()).replace(/\/[^/]*$/, '');

const pathOf = (target: string): string => target.split('?', 1)[0] ?? target;

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
   * Pages that the old side gives for addresses no route has, in the folders of those it refused. Where every address of a
   * folder is a route, those of the folder above count.
   *
   * @param isRoute whether some route of the application has an address
   */
  ask(
    replay: (exchange: Exchange) => Promise<Pick<Triple, 'old'>>,
    isRoute: (path: string) => boolean,
  ): Promise<string[]>;
}

/** A folder, as the first exchange refused in it wrote it: its credentials are used again. */
interface Folder {
  written: string;
  exchange: Exchange;
}

export function unknownPages(): UnknownPages {
  const folders = new Map<string, Folder>();
  return {
    saw(exchange, { old: { view } }) {
      if (!view || view.response.status < REFUSED) return;
      const parts = pathOf(exchange.request.path).split('/').slice(1, -1);
      for (let depth = parts.length; depth >= 0; depth--) {
        const written = ['', ...parts.slice(0, depth)].join('/');
        const folder = folderOf(`${written}/`);
        if (folders.size < MOST_FOLDERS && !folders.has(folder)) folders.set(folder, { written, exchange });
      }
    },
    async ask(replay, isRoute) {
      const pages = new Set<string>();
      const answers = new Map<string, { view: View; path: string }>();
      // Those above first.
      for (const [folder, { written, exchange }] of [...folders].sort(
        ([a], [b]) => depthOf(a) - depthOf(b),
      )) {
        const path = `${written}/migrate-${randomBytes(6).toString('hex')}`;
        const view = isRoute(path) ? null : (await replay(withoutBody(exchange, path))).old.view;
        const answer = view ? { view, path } : answers.get(folderOf(folder));
        if (!answer) continue;
        answers.set(folder, answer);
        const page = pageIn(folder, answer.view, { method: 'GET', path: answer.path });
        if (page !== null) pages.add(page).add(bodiless(folder, answer.view.response.status));
      }
      return [...pages].sort();
    },
  };
}

const depthOf = (folder: string): number => folder.split('/').length;

function withoutBody(exchange: Exchange, path: string): Exchange {
  const headers = exchange.request.headers.filter(
    ([name]) => !/^(content-|transfer-|if-|range$)/i.test(name),
  );
  return {
    ...exchange,
    response: null,
    request: { ...exchange.request, method: 'GET', path, headers, body: null },
  };
}
