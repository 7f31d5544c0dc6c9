import { z } from 'zod';
import { Evidence } from './evidence.ts';

/** A function of AWS Lambda, as a manifest declares it, or the adapter that makes one of an application. */
export const CloudFunction = Evidence.extend({
  name: z.string(),
  /** `adapter`: a package that lets Lambda call a server's application, without a manifest that was read. */
  platform: z.enum(['serverless', 'sam', 'adapter']),
  /** As written: `src/users.create`; null for an adapter. */
  handler: z.string().nullable(),
  /** The source that holds it; null when it was not found. */
  file: z.string().nullable(),
  /** `nodejs20.x`; null when the manifest names none. */
  runtime: z.string().nullable(),
  /** What calls it: `POST /users`, `schedule`, `sqs`. */
  events: z.array(z.string()),
  /** The module of its handler from the root, without an ending, as the manifest says it: `src/users`; null for an adapter. */
  module: z.string().nullable(),
  /** Of what calls it, the requests of API Gateway, with the format of the event that each makes: REST APIs have 1.0. */
  requests: z.array(z.object({ method: z.string(), path: z.string(), format: z.enum(['1.0', '2.0']) })),
});
export type CloudFunction = z.infer<typeof CloudFunction>;

/** A package of this repository that runs by itself: a server, a function, an image. */
export const Service = Evidence.extend({
  name: z.string(),
  /** Relative to the root; `.` for the root itself. */
  folder: z.string(),
  /** What makes it one: `Fastify`, `AWS Lambda functions`, `start script`. */
  what: z.string(),
});
export type Service = z.infer<typeof Service>;
