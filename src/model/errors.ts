import { ExitCode } from './exit.ts';

/** Parts of a {@link MigrateError}: `message` is one plain sentence that names the file or flag, `hint` the next thing to do. */
export interface MigrateErrorInit {
  hint?: string;
  exitCode?: ExitCode;
  cause?: unknown;
}

/**
 * The one error class a user sees. `code` is stable and SCREAMING_SNAKE (`NO_PACKAGE_JSON`), the message one plain
 * sentence that names the file or the flag, the hint the next thing to do. Anything else that is thrown is a defect
 * of ours and is shown with its stack and exit code 70.
 */
export class MigrateError extends Error {
  override name = 'MigrateError';
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, init: MigrateErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = code;
    this.hint = init.hint;
    this.exitCode = init.exitCode ?? ExitCode.precondition;
  }
}
