import type { ExpressProgram, Registration } from '../../../src/workspace/express/program.ts';

/**
 * Why a registration comes too late for Hono, which takes no more routes once it has been asked: it stands in a callback or
 * behind an `await`, and the application listens as it is loaded. Null where it does not, or where that is not known.
 */
export function registeredLate(program: ExpressProgram, { file, call }: Registration): string | null {
  const reason = program.afterLoad(file, call);
  if (reason === null) return null;
  const isAsked = program.appCalls.some(
    (each) => each.member === 'listen' && program.afterLoad(each.file, each.call) === null,
  );
  return isAsked
    ? `it is registered once the application listens (${reason}), and Hono takes no more routes then`
    : null;
}
