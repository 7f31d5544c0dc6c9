/** Exit codes of every command. Source: the architecture page, "Exit codes (all commands)". */
export const ExitCode = {
  ok: 0,
  findings: 1,
  usage: 2,
  precondition: 3,
  reverted: 4,
  answerNeeded: 5,
  inconclusive: 6,
  invalid: 7,
  internal: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
