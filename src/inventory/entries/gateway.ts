import type { GatewayFunction } from '../../workspace/server/model.ts';
import { position } from '../../workspace/text.ts';
import type { SourceFinder } from './sources.ts';

/** A manifest, and how its parts are found in it. */
export interface From {
  file: string;
  text: string;
  offset(...path: string[]): number;
  /** Where a value is written; of one that is written elsewhere, where the function is declared. */
  offsetOf(...path: (string | number)[]): number;
  finder: SourceFinder;
}

/** `GET /users/{id}`, as an event of API Gateway writes its parts; `ANY /*` for every request. */
export function request(method: unknown, path: unknown): string {
  const verb = String(method ?? 'any').toUpperCase();
  // Source: Serverless Framework, HTTP API, "Catch-all"; SAM, HttpApi, the default path and method.
  const isAny = verb === '*' || verb === 'X-AMAZON-APIGATEWAY-ANY-METHOD';
  const written = String(path ?? '*').replace(/^\$default$/, '*');
  return `${isAny ? 'ANY' : verb} ${written.startsWith('/') ? written : `/${written}`}`;
}

/**
 * What of a function's events are requests, each with its place in the manifest.
 *
 * @param declared where the function stands in the text
 * @param events as `request` writes them, and the names of others
 * @param pathOf the way to an event in the document
 */
export function gatewayOf(
  { file, text, offsetOf }: From,
  declared: number,
  { name, handler, file: source }: { name: string; handler: string | null; file: string | null },
  events: readonly string[],
  pathOf: (index: number) => (string | number)[],
): GatewayFunction {
  const place = (offset: number) => ({ file, ...position(text, offset) });
  return {
    ...{ name, file: source, exported: handler?.split('.').at(-1) ?? 'handler' },
    location: place(declared),
    requests: events.flatMap((event, index) => {
      const [, method = '', path = ''] = /^([A-Z]+) (\/.*)$/.exec(event) ?? [];
      if (method === '') return [];
      // A variable that only a deployment fills.
      const written = path.replace(/\$\{[^}]*\}/g, '<expression>');
      return [{ method, path: written, location: place(offsetOf(...pathOf(index))) }];
    }),
  };
}
