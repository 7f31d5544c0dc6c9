import chain from './chain.ts';
import crossing from './crossing.ts';
import download from './download.ts';
import failures from './failures.ts';
import guards from './guards.ts';
import handover from './handover.ts';
import late from './late.ts';
import lists from './lists.ts';
import login from './login.ts';
import mounted from './mounted.ts';
import recovers from './recovers.ts';
import replaced from './replaced.ts';
import session from './session.ts';
import several from './several.ts';
import type { Shape } from './shape.ts';
import shared from './shared.ts';
import streams from './streams.ts';
import tables from './tables.ts';
import upload from './upload.ts';
import views from './views.ts';
import webhook from './webhook.ts';

/** Every shape; a bundle cannot discover files. */
export const SHAPES: readonly Shape[] = [
  ...[chain, crossing, download, failures, guards, handover, late, lists, login],
  ...[mounted, recovers, replaced, session, several, shared],
  ...[streams, tables, upload, views, webhook],
];
