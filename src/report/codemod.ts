import type { Io } from './io.ts';

/** What is shown of a codemod in a list. */
export interface CodemodSummary {
  id: string;
  title: string;
  from: string;
  to: string;
  description: string;
  options: readonly {
    name: string;
    description: string;
    values?: readonly string[];
    repeat?: boolean;
    default: string | boolean | readonly string[];
  }[];
}

export function printCodemodList(io: Io, codemods: readonly CodemodSummary[]): void {
  if (codemods.length === 0) {
    io.line('There are no codemods.');
    return;
  }
  const width = Math.max(...codemods.map((codemod) => codemod.id.length));
  for (const codemod of codemods) io.line(`${io.colors.bold(codemod.id.padEnd(width))}  ${codemod.title}`);
  io.line();
  io.line(`${io.colors.dim('next')}  migrate codemod show ${codemods[0]?.id}`);
}

export function printCodemod(io: Io, codemod: CodemodSummary, readme: string | null): void {
  io.line(`${io.colors.bold(codemod.id)}  ${codemod.from} → ${codemod.to}`);
  io.line(codemod.description);
  if (codemod.options.length > 0) io.line('\nOptions');
  for (const option of codemod.options) {
    const values = option.values ? ` <${option.values.join('|')}>` : '';
    const note = option.repeat ? '(may be given several times)' : `(default ${option.default})`;
    io.line(`  --${option.name}${values}  ${option.description} ${io.colors.dim(note)}`);
  }
  if (readme) io.line(`\n${readme.trimEnd()}`);
  io.line(`\n${io.colors.dim('next')}  migrate codemod run ${codemod.id}`);
}
