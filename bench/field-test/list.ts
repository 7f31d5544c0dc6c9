import { z } from 'zod';
import { Waiver } from '../../src/model/waiver.ts';
import { PublicApplication } from '../public-applications.ts';

/** One request of an application's own script. Texts may name what an earlier answer held, as `{{csrf}}`. */
const Step = z.strictObject({
  method: z.string().default('GET'),
  path: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()).default({}),
  json: z.unknown().optional(),
  form: z.record(z.string(), z.string()).optional(),
  /** Fields of a multipart body; a field with `file` is sent as a file of that name and of this type. */
  multipart: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.string(),
        file: z.string().optional(),
        type: z.string().default('text/plain'),
      }),
    )
    .optional(),
  /** Name → pattern: what its first group matches in the body is remembered under that name. */
  keep: z.record(z.string(), z.string()).default({}),
  /** Back to a client without cookies and without what was kept. */
  fresh: z.boolean().default(false),
});
export type Step = z.infer<typeof Step>;

export const Application = PublicApplication.extend({
  /** SPDX name of its licence; null where the repository names none. */
  license: z.string().nullable().default(null),
  /** The application inside the repository. */
  folder: z.string().default('.'),
  /** Paths inside the repository that are not taken: large, and nothing to the application. */
  without: z.array(z.string()).default([]),
  /** Why it is converted and not run, after "not run:". */
  unrun: z.string().optional(),
  /** What a reader of its results must know. */
  note: z.string().optional(),
  /** Its start file. */
  entry: z.string(),
  /** What its own start script runs TypeScript with on Node; Deno takes the same, Bun needs none. */
  loader: z.enum(['tsx', 'ts-node', 'ts-node-paths']).optional(),
  /** The port it listens on whatever the environment says. */
  port: z.int().optional(),
  /** `{{side}}` and `{{number}}` stand for what tells one side of a comparison from the other: see `state`. */
  env: z.record(z.string(), z.string()).default({}),
  /**
   * Shell commands that make data outside its folder, as a database server holds it, before a side starts. `{{side}}` is a
   * word and `{{number}}` a number from 1 to 15, other ones for each side, so that no two share a database.
   */
  state: z.array(z.string()).default([]),
  /** Its own tests: the program and its arguments; null: it has none. */
  test: z.array(z.string()).min(1).nullable().default(null),
  /** Programs with their arguments that run before its packages are installed. */
  before: z.array(z.array(z.string()).min(1)).default([]),
  /** Programs with their arguments that make its data before it starts, as its README says. */
  setup: z.array(z.array(z.string()).min(1)).default([]),
  /** Content of `.migrate/requests.yaml`, for the requests that are made up from its routes. */
  requests: z.record(z.string(), z.unknown()).optional(),
  /** Its paths are known only when it runs: no requests can be made up from its routes. */
  scriptOnly: z.boolean().default(false),
  /** Requests of our own, in order, for flows that need a session. */
  script: z.array(Step).default([]),
  /** Differences that are known and accepted, each with the reason; in the form of `.migrate/waivers.yaml`. */
  waivers: z.array(Waiver).default([]),
  /** Packages whose release in its package.json is not to be had, each with the one that is installed. */
  instead: z.record(z.string(), z.string()).default({}),
  /** Packages that are not installed with the rest, as npm takes them. */
  also: z.array(z.string()).default([]),
});
export type Application = z.infer<typeof Application>;
