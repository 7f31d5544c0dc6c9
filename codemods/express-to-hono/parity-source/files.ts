import type { Stats } from 'node:fs';
import { isAbsolute, resolve as resolvePath } from 'node:path';
import type { Readable } from 'node:stream';
import type { Context } from 'hono';
import sendStream, { type SendOptions, type SendStream } from 'send';
import { dispositionOf } from './express4/disposition.ts';
import { tagsFile } from './express4/file-rules.ts';
import { fileRequest, fileResponse } from './file-response.ts';

export interface FileOptions extends SendOptions {
  headers?: Record<string, string>;
  /** Where files are read from when it is not the disk: `stat` and `createReadStream` of `node:fs`. */
  files?: FileSource;
}

interface FileSource {
  stat(
    path: string,
    callback: (error: Error | null, stats: Pick<Stats, 'size' | 'mtime' | 'isDirectory'>) => void,
  ): void;
  createReadStream(path: string, range: { start?: number; end?: number }): Readable;
}

/** `res.sendFile`: a file with its type, validators and ranges; a missing one throws 404, a directory is not found. */
export function sendFile(c: Context, path: string, options: FileOptions = {}): Promise<Response> {
  if (!options.root && !isAbsolute(path)) {
    throw new TypeError('path must be absolute or specify root to res.sendFile');
  }
  return new Promise((resolve, reject) => {
    const { files, ...rest } = options;
    const file = sendStream(fileRequest(c, c.req.path), encodeURI(path), {
      ...rest,
      etag: tagsFile(c, rest.etag),
    });
    if (files) readFrom(files, file);
    file
      .on('directory', () => resolve(c.notFound()))
      .on('error', reject)
      .on('headers', (response: { setHeader(name: string, value: string): void }) => {
        for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
      })
      .pipe(fileResponse(c, resolve));
  });
}

/** `res.download`: `sendFile` for saving, under another name if one is given; options may stand in its place. */
export function download(
  c: Context,
  path: string,
  named?: string | FileOptions | null,
  given?: FileOptions,
): Promise<Response> {
  const isName = typeof named !== 'object' || given !== undefined;
  const options = (isName ? given : named) ?? {};
  const others = Object.entries(options.headers ?? {}).filter(
    ([key]) => key.toLowerCase() !== 'content-disposition',
  );
  const saved = (isName && (named as string)) || path;
  const headers = { 'Content-Disposition': dispositionOf(saved), ...Object.fromEntries(others) };
  return sendFile(c, options.root ? path : resolvePath(path), { ...options, headers });
}

/** `send` on other files than those on disk; validators and ranges stay its own. */
function readFrom(files: FileSource, file: SendStream): void {
  file.sendFile = (path) =>
    files.stat(path, (error, stats) => {
      if (error) file.onStatError(error);
      else if (stats.isDirectory()) file.redirect(path);
      else file.send(path, stats as Stats);
    });
  file.stream = (path, range) => {
    const stream = files.createReadStream(path, range as { start?: number; end?: number });
    stream.on('error', (error) => file.onStatError(error));
    stream.pipe((file as unknown as { res: NodeJS.WritableStream }).res);
  };
}
