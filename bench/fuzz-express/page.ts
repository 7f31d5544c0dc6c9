import { isSource } from '../../src/workspace/text.ts';
import type { WireAnswer } from '../express-coverage/exchange.ts';
import { machine, writeSection } from '../section.ts';
import type { Verdict } from './judge.ts';
import type { Grammar } from './program.ts';

export interface Totals {
  programs: number;
  /** Requests whose answers were compared, on all runtimes. */
  requests: number;
  hung: number;
  outcomes: Map<string, number>;
  /** Programs by reason of refusal. */
  reasons: Map<string, number>;
  /** Programs by runtime. */
  ran: Map<string, number>;
}

export const emptyTotals = (): Totals => ({
  ...{ programs: 0, requests: 0, hung: 0 },
  ...{ outcomes: new Map(), reasons: new Map(), ran: new Map() },
});

export function count(totals: Totals, { outcome, why, compared, hung, ran }: Verdict): void {
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  totals.programs += 1;
  totals.requests += compared;
  totals.hung += hung;
  add(totals.outcomes, outcome);
  for (const label of ran) add(totals.ran, label);
  if (outcome === 'refused') for (const reason of why) add(totals.reasons, general(reason));
}

const PLACE = String.raw`[^\s:]+\.[jt]s(?::\d+)+`;
const PLACES = new RegExp(`${PLACE}(?: and ${PLACE})*`, 'g');

/** A reason without the names and places of one program. */
const general = (reason: string): string => reason.replace(/`[^`]*\d[^`]*`/g, '`…`').replace(PLACES, '…');

const sorted = (map: ReadonlyMap<string, number>) => [...map].sort(([, a], [, b]) => b - a);

export function summary({ programs, requests, hung, outcomes, ran }: Totals): string {
  const parts = sorted(outcomes)
    .filter(([name]) => name !== 'wrong')
    .map(([name, number]) => `${name} ${number}`);
  const places = [...ran].map(([name, number]) => `${name} ${number}`);
  return `${programs} programs, ${requests} answers compared: ${parts.join(', ')}, wrong ${outcomes.get('wrong') ?? 0}; ran on ${places.join(', ')}; ${hung} hung under Express 4`;
}

/** One program for the terminal; `text`: with its sources. */
export function report({ one, outcome, why, remarks, found, tree }: Verdict, text: boolean): string {
  const lines = [
    `${outcome.toUpperCase()} seed ${one.id.slice(1)} (Express ${one.express}): ${found?.message ?? why.join(' / ')}`,
  ];
  if (remarks.length > 0) lines.push(`  left: ${remarks.join(' / ')}`);
  if (!text) return `${lines.join('\n')}\n`;
  for (const [path, source] of one.files) if (isSource(path)) lines.push(`--- ${path}`, source.trimEnd());
  for (const [path, source] of tree) {
    if (isSource(path) && source !== one.files.get(path) && !/express-parity/.test(path))
      lines.push(`+++ ${path}`, source.trimEnd());
  }
  if (found?.request) lines.push(`request on ${found.on}: ${JSON.stringify(found.request)}`);
  const show = (answer: WireAnswer | null | undefined) => (answer ? JSON.stringify(answer) : 'none');
  lines.push(`before: ${show(found?.before)}`, `after:  ${show(found?.after)}`, '');
  return `${lines.join('\n')}\n`;
}

/** Writes the section of a grammar; that of the other one stays. */
export function writePage(
  root: string,
  totals: Totals,
  { seed, on, grammar }: { seed: number; on: string[]; grammar: Grammar },
): void {
  const shapes = grammar === 'shapes';
  const outcome = (name: string) => totals.outcomes.get(name) ?? 0;
  const names = ['converted', 'bridged', 'kept', 'refused', 'told', 'wrong'];
  const programs = totals.programs - outcome('invalid');
  const number = (value: number) => value.toLocaleString('en-US');
  writeSection(
    root,
    shapes ? 'fuzz-express-shapes' : 'fuzz-express',
    [
      `${machine()}. \`npm run fuzz:express --${shapes ? ' --shapes' : ''} --seed ${seed} --programs ${totals.programs} --on ${on.join(',')} --write\``,
      '',
      `**${number(programs)} programs, ${number(totals.requests)} pairs of answers compared, ${outcome('wrong')} wrong.** Ran on ${[...totals.ran].map(([name, many]) => `${name} (${number(many)})`).join(', ')}.`,
      '',
      `| ${names.join(' | ')} |`,
      `|${' ---: |'.repeat(names.length)}`,
      `| ${names.map((name) => number(outcome(name))).join(' | ')} |`,
      '',
      '| programs | reason of a refusal |',
      '| ---: | --- |',
      ...sorted(totals.reasons).map(([reason, many]) => `| ${many} | ${reason.replaceAll('|', '\\|')} |`),
      '',
      `${number(totals.hung)} requests hung under Express 4 and are answered after: see the limits of the codemod.`,
    ],
    'fuzzing.md',
  );
}
