import type { SignalKind, SignalVia } from '../model/monitoring.ts';

/** One thing that was told to the collector. */
export interface Signal {
  via: SignalVia;
  kind: SignalKind;
  name: string;
  /** Of a counter: by how much. Default 1. */
  count?: number;
  /** Of a span: its own id and its parent's, to find what it is under. */
  span?: { id: string; parent: string | null };
}

/** A message that is not what it says it is. */
export class UnreadMessage extends Error {}
