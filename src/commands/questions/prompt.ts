import inquirer from 'inquirer';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Io } from '../../report/io.ts';
import type { Choice } from './choice.ts';

/**
 * Asks for one of several answers on the terminal.
 *
 * @throws MigrateError (exit 130) on Ctrl-C, saying that nothing was changed; (exit 5) without a terminal
 */
export async function select<T>(
  io: Io,
  message: string,
  choices: readonly Choice<T>[],
  recommended: T,
): Promise<T> {
  if (!io.interactive) {
    throw new MigrateError('ANSWER_NEEDED', `${message} There is no terminal to ask on.`, {
      exitCode: ExitCode.answerNeeded,
    });
  }
  return answered<T>({
    type: 'select',
    name: 'answer',
    message,
    choices: choices.map(({ name, value, description }) => ({
      name,
      value,
      ...(description && { description }),
    })),
    default: recommended,
    pageSize: 10,
  });
}

/**
 * Asks for a line of text on the terminal.
 *
 * @throws MigrateError as {@link select}
 */
export async function input(io: Io, message: string, about?: string): Promise<string> {
  if (!io.interactive) {
    throw new MigrateError('ANSWER_NEEDED', `${message} There is no terminal to ask on.`, {
      hint: 'Give the answer with --answer "…": it is kept with your name and the time.',
      exitCode: ExitCode.answerNeeded,
    });
  }
  io.progress(null);
  return answered<string>({
    type: 'input',
    name: 'answer',
    message: about ? `${message} (${about})` : message,
  });
}

async function answered<T>(question: object): Promise<T> {
  try {
    const { answer } = await inquirer.prompt<{ answer: T }>([question as never]);
    return answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    throw new MigrateError('INTERRUPTED', 'Interrupted. Nothing was written; the tree is as it was.', {
      exitCode: ExitCode.interrupted,
    });
  }
}
