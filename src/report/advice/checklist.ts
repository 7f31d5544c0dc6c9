import { at } from '../../model/at.ts';
import type { Checklist, ChecklistName } from '../../model/checklist.ts';
import { safeLine, wrap } from '../columns.ts';
import { plural } from '../format.ts';
import type { Io } from '../io.ts';

const TITLES: Record<ChecklistName, string> = {
  choosing: 'Before a runtime is chosen',
  adopting: 'Before it is adopted',
  mistakes: 'Ten mistakes, first list',
  'more-mistakes': 'Ten mistakes, second list',
};

/** Prints each point with its mark, what showed it and what is left to do. */
export function printChecklist(io: Io, { project, target, counts, items, questions }: Checklist): void {
  const { bold, dim, green, red, yellow } = io.colors;
  const line = (text = '') => io.line(safeLine(text));
  const mark = { yes: green('✔'), no: red('✘'), unknown: yellow('?') };
  line(
    `${bold(project)}  ${dim(`asked of ${target}: ${counts.yes} hold, ${counts.no} do not, ${counts.unknown} are not known`)}`,
  );
  for (const [list, title] of Object.entries(TITLES)) {
    const own = items.filter((item) => item.list === list);
    if (own.length === 0) continue;
    line();
    line(bold(title));
    for (const { id, asks, answer, because, location, next } of own) {
      line(`  ${mark[answer]} ${id.replace(/^.*-/, '').padStart(2)}  ${asks}`);
      for (const text of wrap('        ', because + (location ? `  ${at(location)}` : ''), 8))
        line(dim(text));
      if (next) for (const text of wrap('        → ', next, 10)) line(text);
    }
  }
  const open = questions.filter(({ answer }) => answer === null);
  if (open.length === 0) return;
  line();
  line(
    `${plural(open.length, 'question')} that only people can answer (migrate checklist --answer word=text)`,
  );
  for (const { word, asks } of open) line(`  ${word.padEnd(12)}  ${asks}`);
}
