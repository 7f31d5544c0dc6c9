import { type Host, NO_SERVICE, type Program, type Service } from './host.ts';
import type { Answer } from './inside/check.ts';

/** How long a check may take among others, and alone. */
const AMONG_OTHERS_MS = 5_000;
const ALONE_MS = 15_000;

export interface Sure {
  unloadable: string | null;
  answers: Answer[];
}

/**
 * Runs checks, and what does not work once more in a process of its own: what another check left behind, or a busy machine,
 * decides nothing. Where two runs disagree a third one tells.
 */
export async function askSurely(
  host: Host,
  program: Program,
  checks: readonly string[],
  { limitMs, ...service }: Partial<Service> & { limitMs?: number } = {},
): Promise<Sure> {
  const given = { ...NO_SERVICE, ...service };
  const { unloadable, answers } = await host.ask(program, checks, limitMs ?? AMONG_OTHERS_MS, given);
  const alone = async (check: string) =>
    (await host.ask(program, [check], limitMs ?? ALONE_MS, given)).answers[0] ?? null;
  if (unloadable !== null) return { unloadable, answers: [] };
  const sure: Answer[] = [];
  for (const answer of answers) {
    if (answer.level === 'works' || answer.level === 'member-missing') {
      sure.push(answer);
      continue;
    }
    const again = await alone(answer.check);
    if (again === null || isSame(again, answer)) {
      sure.push(again ?? answer);
      continue;
    }
    const third = (await alone(answer.check)) ?? again;
    sure.push(
      isSame(third, answer) && again.level !== 'works' ? answer : isSame(third, again) ? again : third,
    );
  }
  return { unloadable: null, answers: sure };
}

const isSame = (a: Answer, b: Answer): boolean => a.level === b.level && a.saw === b.saw;
