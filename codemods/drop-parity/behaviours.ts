import type { BehaviourName } from '../express-to-hono/state/behaviours.ts';

/** How a behaviour is used in a converted application, and by which function of the parity module. */
interface Droppable {
  fn: string;
  /** `use`: an argument of `app.use(…)`; `hook`: `app.notFound(fn)`; `answer`: `fn(c, …)`, which Hono has as a method. */
  form: 'use' | 'hook' | 'answer';
}

/** The behaviours that can be dropped by name. The others are read by the application's own code. */
export const DROPPABLE: ReadonlyMap<BehaviourName, Droppable> = new Map([
  ['x-powered-by', { fn: 'poweredBy', form: 'use' }],
  ['etag', { fn: 'etag', form: 'use' }],
  ['content-length', { fn: 'contentLength', form: 'use' }],
  ['charset', { fn: 'charset', form: 'use' }],
  ['not-found-page', { fn: 'notFound', form: 'hook' }],
  ['error-page', { fn: 'errorPage', form: 'hook' }],
  ['redirect', { fn: 'redirect', form: 'answer' }],
]);
