/** The parts of HAR's `postData` that make up a body. `encoding` is not in HAR 1.2 but written by recorders. */
export interface PostData {
  mimeType?: string;
  text?: string;
  encoding?: string;
  _encoding?: string;
  params?: readonly { name: string; value?: string; fileName?: string; contentType?: string }[];
}

/** The bytes of a recorded request body; null when the request had none. Without a text it is rebuilt from `params`. */
export function requestBody(
  postData: PostData | null,
  headers: readonly { name: string; value: string }[],
): Uint8Array | null {
  if (!postData) return null;
  if (postData.text !== undefined && (postData.text !== '' || !postData.params?.length)) {
    const encoding = postData.encoding ?? postData._encoding;
    const bytes = Buffer.from(postData.text, encoding === 'base64' ? 'base64' : 'utf8');
    return bytes.length === 0 && !declaresBody(headers) ? null : bytes;
  }
  if (!postData.params?.length) return declaresBody(headers) ? Buffer.alloc(0) : null;
  const header = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  const boundary = /boundary="?([^";]+)"?/i.exec(header ?? postData.mimeType ?? '')?.[1];
  if (boundary !== undefined) return multipart(postData.params, boundary);
  return Buffer.from(
    // Chrome keeps urlencoded parameters escaped as they were sent.
    postData.params.map(({ name, value }) => `${escaped(name)}=${escaped(value ?? '')}`).join('&'),
  );
}

const declaresBody = (headers: readonly { name: string; value: string }[]): boolean =>
  headers.some(({ name }) => /^(content-length|transfer-encoding)$/i.test(name));

const escaped = (value: string): string => (/^[\w.~*+%-]*$/.test(value) ? value : encodeURIComponent(value));

function multipart(params: NonNullable<PostData['params']>, boundary: string): Buffer {
  const parts = params.map(({ name, value, fileName, contentType }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const type = contentType === undefined ? '' : `\r\nContent-Type: ${contentType}`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}${type}\r\n\r\n${value ?? ''}\r\n`;
  });
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'utf8');
}
