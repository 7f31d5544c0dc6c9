import type { Command as Program } from 'commander';

/** The flags of the latency phase, as commander gives them. */
export interface LatencyFlags {
  latency?: boolean;
  rate?: string;
  duration?: string;
  arrivals?: string;
  starts?: string;
  shard?: string;
}

export const withLatencyFlags = (command: Program): Program =>
  command
    .option('--latency', 'then measure latency, memory and CPU under load, on processes of their own')
    .option(
      '--rate <per second>',
      'with --latency: requests a second, whether they are answered or not (default 50)',
    )
    .option('--duration <seconds>', 'with --latency: each side is measured for (default 20)')
    .option('--arrivals <kind>', 'with --latency: poisson (default) or fixed')
    .option('--starts <n>', 'with --latency: starts of each side to time (default 6)');
