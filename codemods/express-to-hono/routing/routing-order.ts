import type { Later, Place, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import { children } from '../../../src/workspace/syntax/nodes.ts';
import { atEnd } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { isLater } from '../facts/errors/error-chains.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import { type Conversion, refuse, replace, spanOf } from '../state/conversion.ts';
import { earlyErrors } from './early-errors.ts';
import { plainErrors } from './error-chains.ts';

/** Express mounts a router live; Hono copies its routes, so they must be there when it is mounted. */
export function checkOrder(
  conversion: Conversion,
  router: RouterValue,
  registrations: readonly Registration[],
  byRouter: ReadonlyMap<RouterValue, Registration[]>,
) {
  const errors = registrations.find(isErrorHandler);
  const after = registrations.find(
    (each) =>
      !isErrorHandler(each) && errors !== undefined && isLater(conversion, errors, each, registrations),
  );
  const isPlain = after !== undefined && plainErrors(conversion, after) !== null;
  const isOdd = router.kind === 'router' && after !== undefined && !isPlain;
  if (isOdd && earlyErrors(conversion, registrations) === null) {
    refuse(
      conversion,
      conversion.workOf(after.file),
      after.call,
      'errors/order',
      'this is registered after an error handler, which does not see its errors',
    );
  }
  for (const registration of registrations) {
    for (const mounted of registration.handlers.flatMap(routersIn)) {
      // What stands in the arguments of the mount is registered before it: `use('/a', Router().get(…))`.
      const late = (byRouter.get(mounted) ?? []).flatMap((each) => {
        const later = laterThan(conversion, mounted, registration, each);
        return later === null ? [] : { each, later };
      });
      const fills = late.map(({ later }) => later);
      const [first] = late;
      if (first !== undefined && !mountLater(conversion, registration, fills, registrations)) {
        refuse(
          conversion,
          conversion.workOf(first.each.file),
          first.each.call,
          'routing/order',
          'this route is added after its router was mounted',
        );
      }
      if (mounted.kind === 'app' || mounted === router) {
        refuse(
          conversion,
          conversion.workOf(registration.file),
          registration.call,
          'routing/sub-app',
          mounted === router
            ? 'it is mounted in a router that is made at the same place, and the two cannot be told apart'
            : 'an application is mounted in another one',
        );
      }
    }
  }
}

/** Moves a mount behind the routes that are added to its router later, when nothing else is registered in between. */
function mountLater(
  conversion: Conversion,
  mount: Registration,
  late: readonly Later[],
  all: readonly Registration[],
): boolean {
  const work = conversion.workOf(mount.file);
  const statement = work.parents.get(mount.call);
  const block = statement === undefined ? undefined : work.parents.get(statement);
  if (late.some(({ places, isAtOnce }) => places.length === 0 || !isAtOnce)) return false;
  const end = Math.max(...late.flatMap(({ places }) => places.map((each) => each.end)));
  const last =
    block === undefined
      ? undefined
      : children(block, 'body').find((each) => each.start < end && end <= each.end);
  if (statement?.type !== 'ExpressionStatement' || last?.type !== 'ExpressionStatement') return false;
  // Whatever is given the outer router in between may register on it.
  const between = [...mount.on.references, ...all.map(({ file, call }) => ({ file, node: call }))].some(
    (place) => laterThan(conversion, mount.on, mount, place)?.places.some(({ start }) => start < last.end),
  );
  const routers = mount.handlers.flatMap(routersIn);
  const { text } = work.file;
  const before = text.slice(work.layout.lineStart(statement.start), statement.start);
  const behind = work.file.comments.find(
    ({ start }) => start >= statement.end && /^[ \t]*$/.test(text.slice(statement.end, start)),
  );
  const isAlone = before.trim() === '' && /^[ \t]*\r?\n/.test(text.slice(behind?.end ?? statement.end));
  if (between || routers.length !== 1 || !isAlone || conversion.dry > 0) return false;
  deleteStatement(conversion, work, statement, 'routing/order');
  const indent = work.layout.newline + work.layout.indentAt(last.start);
  replace(conversion, work, atEnd(last), [indent, spanOf(statement)], 'routing/order');
  return true;
}

/** What tells that something on a router runs after a mount. */
const laterThan = (
  { program }: Conversion,
  on: RouterValue,
  mount: Registration,
  place: Registration | Place,
): Later | null =>
  program.laterThan(
    on,
    { file: mount.file, node: mount.call },
    'call' in place ? { file: place.file, node: place.call } : place,
  );
