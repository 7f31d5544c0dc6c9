import type { ExpectedDifference, LeftOut } from '../../model/changeset.ts';
import type { Location } from '../../model/location.ts';
import type { WaiverOwner } from '../../model/waiver.ts';
import type { Changes } from '../attribute/edits.ts';
import { offsetOf, passedBy, type RouteCode } from '../attribute/reached.ts';
import { sameRoute } from '../limits.ts';

/** What the edits of the new side announced, for waivers that were prepared for one of them. */
export interface Announced {
  /** What an edit announced that a request for this route passes; nothing for any other. */
  differences(owner: WaiverOwner, route: string): readonly ExpectedDifference[];
  /** Where it stands in the old code; nowhere when no applied change set has it. */
  places(owner: WaiverOwner): Location[];
}

/** @param routes where each route's code stands, in the old code */
export function announced({ leftOut = [], files }: Changes, routes: readonly RouteCode[]): Announced {
  const known = new Map<string, readonly ExpectedDifference[]>();
  const passed = new Map<string, ReturnType<typeof passedBy>>();
  const owned = (owner: WaiverOwner): LeftOut[] =>
    leftOut.filter(
      ({ codemod, rule, places }) =>
        codemod === owner.codemod &&
        rule === owner.rule &&
        places.some(({ file }) => owner.files.includes(file)),
    );
  const placesIn = ({ places }: LeftOut, { files: own }: WaiverOwner) =>
    places.filter(({ file }) => own.includes(file));
  const passes = (route: string) => {
    const made = passed.get(route);
    if (made) return made;
    const code = routes.find(({ method, path }) => sameRoute(`${method.toUpperCase()} ${path}`, route));
    const fresh = passedBy(code ?? null, routes, files);
    passed.set(route, fresh);
    return fresh;
  };
  const isPassed = (route: string, place: Location): boolean => {
    const start = offsetOf(files.find(({ path }) => path === place.file)?.oldText ?? '', place);
    return passes(route)(place.file, { start, end: start });
  };
  return {
    differences(owner, route) {
      const key = [owner.codemod, owner.rule, ...owner.files, route].join('\u0000');
      const before = known.get(key);
      if (before) return before;
      const found = owned(owner)
        .filter((each) => placesIn(each, owner).some((place) => isPassed(route, place)))
        .flatMap(({ differences }) => differences);
      known.set(key, found);
      return found;
    },
    places: (owner) => owned(owner).flatMap((each) => placesIn(each, owner)),
  };
}
