import { at } from '../../../../src/model/at.ts';
import type { Span } from '../../../../src/model/location.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  Registration,
} from '../../../../src/workspace/express/program.ts';
import type { ParsedFile } from '../../../../src/workspace/syntax/parse.ts';
import { type Blame, holds, type Named, type Target, type Twin } from '../../state/worlds.ts';

/** Each use of a twin must have been seen, or Hono would be handed the original. */
export function checkPlaces(
  program: ExpressProgram,
  twins: readonly Twin[],
  {
    places,
    inside,
    ours,
  }: {
    places: ReadonlyMap<Target, readonly Named[]>;
    inside: ReadonlySet<Registration>;
    ours: ReadonlySet<ExpressFunction>;
  },
  blame: Blame,
): void {
  for (const twin of twins) {
    for (const fn of program.functions) {
      if (!ours.has(fn) || fn.file !== twin.work.file || !holds(twin.statement, fn.node)) continue;
      const isSeen = (file: ParsedFile, span: Span) =>
        twin.places.some((place) =>
          [place, ...(place.through ?? [])].some((each) => each.work.file === file && holds(span, each.node)),
        ) ||
        twins.some((other) => other !== twin && other.work.file === file && holds(other.statement, span));
      for (const use of fn.uses) {
        if (use.kind === 'registered' && inside.has(use.registration)) {
          const { file, call } = use.registration;
          // By a constant that holds it, or what a factory made of it.
          const byValue = [...places].some(
            ([{ work, statement }, named]) =>
              named.some((each) => each.work.file === file && holds(call, each.node)) &&
              isSeen(work.file, statement),
          );
          if (isSeen(file, call) || byValue || (file === fn.file && holds(call, fn.node))) continue;
          blame.calls.set(call, `how \`${fn.name}\` reaches it cannot be followed (${at(fn.location)})`);
        }
        if (use.kind !== 'called' || use.by === null || !ours.has(use.by) || isSeen(use.file, use.call))
          continue;
        if (use.file === twin.work.file && holds(twin.statement, use.call)) continue;
        blame.functions.set(
          use.by.node,
          `how \`${fn.name}\` reaches it cannot be followed (${at(fn.location)})`,
        );
      }
    }
  }
}
