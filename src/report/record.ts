import type { RecordingCounts, RecordingSummary } from '../model/recording.ts';
import type { Io } from './io.ts';

const LOSSES: readonly [keyof RecordingCounts, string][] = [
  ['notRecorded', 'not recorded: the disk was full or too slow'],
  ['overCap', 'bodies longer than --max-body: passed on, not kept'],
  ['memory', 'bodies not kept: too many were under way at once'],
  ['unreadableCoding', 'bodies not kept: they could not be searched for secrets'],
  ['failed', 'without an answer of the application'],
  ['truncated', 'answers cut off by the application'],
  ['aborted', 'answers the client did not wait for'],
  ['websockets', 'WebSockets: their messages are recorded'],
  ['malformed', 'malformed requests, refused by the proxy'],
];

/** Prints how a recording ended: what is on the disk, what is not, and what to do next. */
export function printRecording(io: Io, summary: RecordingSummary): void {
  const { colors } = io;
  const { counts, written, folder } = summary;
  const state = summary.stopped === null ? colors.green('recorded') : colors.red('stopped ');
  io.line(
    `${state}  ${written} of ${counts.passed} exchanges in ${summary.seconds} s, ${counts.secrets} secrets replaced before they were written`,
  );
  if (summary.stopped !== null) io.line(`          recording stopped early: ${summary.stopped}`);
  for (const [name, text] of LOSSES)
    if (counts[name] > 0) io.line(`${String(counts[name]).padStart(8)}  ${text}`);
  if (counts.passed === 0) io.line('          nothing was recorded: no request came through the proxy');
  else if (written > 0) io.line(`next      migrate shadow coverage --traffic ${folder}`);
}
