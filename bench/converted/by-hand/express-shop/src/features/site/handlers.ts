import type { Context } from 'hono';
import { tagged, taggedJson } from '../../http/etag.ts';

const ROBOTS = ['User-agent: *', 'Disallow: /admin', 'Disallow: /basket', ''].join('\n');
const CURRENCIES = [
  { code: 'EUR', name: 'Euro', digits: 2 },
  { code: 'USD', name: 'US dollar', digits: 2 },
];

export const robots = (c: Context): Response => {
  c.header('Cache-Control', 'public, max-age=86400');
  return tagged(c, ROBOTS, 'text/plain; charset=utf-8');
};

export const currencies = (c: Context): Response => {
  c.header('Cache-Control', 'public, max-age=3600');
  return taggedJson(c, CURRENCIES);
};
