import { createHash } from 'node:crypto';
import type { Shard } from '../../model/aggregate.ts';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import { ExitCode } from '../../model/exit.ts';

/** Which of `of` shards a session belongs to, from 1: by its hash, so that a session is never torn apart. */
export const shardOfSession = (session: string, of: number): number =>
  (createHash('sha256').update(session).digest().readUInt32BE(0) % of) + 1;

/** The exchanges of one shard, in their order. */
export const shardOf = (exchanges: readonly Exchange[], { index, of }: Shard): Exchange[] =>
  exchanges.filter(({ session }) => shardOfSession(session, of) === index);

/**
 * Reads `2/4`.
 *
 * @throws MigrateError USAGE (exit code 2)
 */
export function parseShard(text: string): Shard {
  const [, index = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new MigrateError('USAGE', `--shard is a share such as 1/4, not "${text}".`, {
    exitCode: ExitCode.usage,
  });
}
