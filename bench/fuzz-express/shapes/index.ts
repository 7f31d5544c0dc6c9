import crossing from './crossing.ts';
import download from './download.ts';
import failures from './failures.ts';
import guards from './guards.ts';
import session from './session.ts';
import type { Shape } from './shape.ts';
import shared from './shared.ts';
import streams from './streams.ts';
import tables from './tables.ts';
import upload from './upload.ts';
import views from './views.ts';
import webhook from './webhook.ts';

/** Every shape; a bundle cannot discover files. */
export const SHAPES: readonly Shape[] = [
  ...[crossing, download, failures, guards, session, shared],
  ...[streams, tables, upload, views, webhook],
];
