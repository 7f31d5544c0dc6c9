// The body of an answer as hooks that send it see it: text, or bytes.
import type { Loose } from './types.ts';

/** The body of a response, which keeps it; undefined for none. */
export async function payloadOf(response: Response): Promise<unknown> {
  if (response.body === null) return undefined;
  const type = response.headers.get('content-type') ?? '';
  const copy = response.clone();
  // Only text is sent without a type: some runtimes name it as it goes out.
  return /^$|^text\/|[/+](?:json|xml)\b|javascript/i.test(type)
    ? copy.text()
    : Buffer.from(await copy.arrayBuffer());
}

/** The same response with another body. */
export function withPayload(response: Response, payload: Loose): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(payload, { status: response.status, headers });
}
