import { loadavg } from 'node:os';
import { machine } from '../../section.ts';
import type { Measured } from './run.ts';
import { WAYS, type Way } from './sides.ts';

/** How a run was made, for the page. */
export interface Made {
  generator: string;
  rounds: number;
  seconds: number;
  /** Load average before it began. */
  busy: number;
}

/** The section of `docs/output-score.md`. */
export function speedPage(
  measured: readonly Measured[],
  { generator, rounds, seconds, busy }: Made,
): string[] {
  const failed = measured.flatMap(({ name, target, failed }) =>
    Object.entries(failed).map(([way, why]) => `- ${name}, ${way} on ${target} does not start: ${why}`),
  );
  return [
    '## How fast it is',
    '',
    `Answers in a second to one request sent over and over on 16 connections of this machine (${generator}, which shares the processor), median of`,
    `${rounds} times ${seconds} s. The four ways of an application run at once and take turns. In brackets: times the original’s on the same runtime.`,
    `${machine()}; load average ${busy.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} at the end. Repeat with \`npm run output:score -- --speed --write\`.`,
    '',
    `| request | runtime | ${WAYS.join(' | ')} |`,
    `| --- | --- | ${WAYS.map(() => '--:').join(' | ')} |`,
    ...measured.flatMap((one) =>
      Object.entries(one.rates).map(([request, rates]) =>
        row(`${one.name} \`${request}\``, one, rates, (rate) => Math.round(rate).toLocaleString('en-US')),
      ),
    ),
    '',
    `Start: milliseconds from the start of the process to its first answer, median of ${rounds}. Memory: resident after that load, in MB.`,
    '',
    `| | runtime | ${WAYS.join(' | ')} |`,
    `| --- | --- | ${WAYS.map(() => '--:').join(' | ')} |`,
    ...measured.flatMap((one) => [
      row(`${one.name}, start`, one, one.startMs, (ms) => `${Math.round(ms)} ms`),
      row(`${one.name}, memory`, one, one.memory, (bytes) => `${Math.round(bytes / 1e6)} MB`),
    ]),
    ...(failed.length > 0 ? ['', ...failed] : []),
  ];
}

function row(
  title: string,
  { target, version }: Measured,
  values: Partial<Record<Way, number>>,
  shown: (value: number) => string,
): string {
  const { original } = values;
  const cells = WAYS.map((way) => {
    const value = values[way];
    if (value === undefined) return '–';
    const times = way === 'original' || original === undefined ? '' : ` (${(value / original).toFixed(2)}×)`;
    return `${shown(value)}${times}`;
  });
  return `| ${title} | ${target.replace(/@.*/, '')} ${version} | ${cells.join(' | ')} |`;
}
