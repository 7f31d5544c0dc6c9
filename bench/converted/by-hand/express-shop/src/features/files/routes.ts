import { basename } from 'node:path';
import { create as contentDisposition } from 'content-disposition';
import { Hono } from 'hono';
import type { Env } from '../../env.ts';
import { HttpError, NotFoundError } from '../../http/errors.ts';
import { fileOf, sendFile } from '../../http/files.ts';
import { isMalformed } from '../../http/param.ts';

/** Guides and pictures for partners, as downloads: `/files/guides/brewing.txt`. */
export function filesRoutes({ root }: { root: string }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/*', async (c, next) => {
    const path = new URL(c.req.url).pathname.slice('/files/'.length);
    if (path === '') return next();
    if (isMalformed(path)) throw new HttpError(400, 'bad_request', 'bad request');
    const name = decodeURIComponent(path);
    const file = fileOf(root, path);
    if (file === null) throw new NotFoundError(`file ${name}`);
    const isDownload = c.req.query('download') !== undefined;
    if (isDownload) c.header('Content-Disposition', contentDisposition(basename(name)));
    try {
      return await sendFile(c, file, `public, max-age=${isDownload ? 0 : 300}`);
    } catch {
      throw new NotFoundError(`file ${name}`);
    }
  });

  return routes;
}
