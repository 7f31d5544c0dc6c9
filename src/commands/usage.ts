import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';

/** Bad usage: exit code 2. */
export const usage = (message: string, hint?: string): MigrateError =>
  new MigrateError('USAGE', message, { ...(hint && { hint }), exitCode: ExitCode.usage });

/** A flag's number. Throws bad usage naming the flag unless it is from `least` to `most`. */
export function numberOf(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw usage(`${flag} is a number from ${least} to ${most}, not "${text}".`);
}
