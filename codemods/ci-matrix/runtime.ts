import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';

/** The runtime that CI gets, and the action that sets it up. */
export interface New {
  name: 'bun' | 'deno';
  version: string;
  action: string;
  input: string;
}

const ACTIONS: Readonly<Record<string, Omit<New, 'version'>>> = {
  bun: { name: 'bun', action: 'oven-sh/setup-bun', input: 'bun-version' },
  deno: { name: 'deno', action: 'denoland/setup-deno', input: 'deno-version' },
};

/** @throws MigrateError `NO_VERSION` (exit code 2) where it is another runtime, or its version is not exact */
export function newRuntime(spec: string): New {
  const [, name = '', version = ''] = /^([a-z]+)@(\d+\.\d+\.\d+)$/.exec(spec) ?? [];
  const action = ACTIONS[name];
  if (action) return { ...action, version };
  throw new MigrateError(
    'NO_VERSION',
    `--runtime is bun or deno with an exact version such as bun@1.4.5, not "${spec}".`,
    {
      exitCode: ExitCode.usage,
    },
  );
}
