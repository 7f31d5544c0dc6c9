import type { Context, MiddlewareHandler } from 'hono';
import { withCharset } from './express4/content-types.ts';
import { finishing } from './kept-head.ts';
import { afterAnswer, asPassing } from './passing.ts';
import type { Draft } from './request-state.ts';
import { isPassedThrough, setResponseHeader } from './response-body.ts';

/** Express writes `; charset=utf-8`, in lower case, after text and JSON types. */
export function charset(): MiddlewareHandler {
  return asPassing(function charset(c, next) {
    finishing(c, spellCharset);
    return afterAnswer(c, next(), respell);
  });
}

function respell(c: Context): undefined {
  const type = c.res.headers.get('Content-Type');
  if (type !== null && !isPassedThrough(c)) setResponseHeader(c, 'Content-Type', spelled(type));
}

function spellCharset({ fields }: Draft): void {
  const type = fields['content-type'];
  if (type === 'application/json') fields['content-type'] = 'application/json; charset=utf-8';
  else if (type !== undefined) fields['content-type'] = spelled(String(type));
}

const spelled = (type: string): string => withCharset(type.replace(/;\s*charset=utf-8$/i, '; charset=utf-8'));
