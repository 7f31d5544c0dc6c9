import type { ExpectedDifference, LeftForYou, LeftOut, Outcome } from '../../../src/model/changeset.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import { packagesIn } from '../../../src/workspace/express/registrations.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { lengths } from '../state/announcements.ts';
import type { Conversion, Problem } from '../state/conversion.ts';
import { type Element, isOnlyInPlace, type Split, type Worlds } from '../state/worlds.ts';
import { blameOf } from './blame.ts';
import { functionsOf, routersOf } from './project.ts';
import { NOT_ASKED } from './selection.ts';
import { nameOf } from './split.ts';
import { dividedPaths } from './walls.ts';

/** Why a statement stays in Express, in a sentence. */
const why = (element: Element, reason: string): string =>
  reason === NOT_ASKED ? reason : `${nameOf(element)} stays in Express: ${reason}`;

/** Why a function stays in Express: the reason of the first route or middleware it belongs to. */
export function reasonsInExpress(program: ExpressProgram, { stays }: Split): Map<SyntaxNode, string> {
  const reasons = new Map<SyntaxNode, string>();
  for (const [element, reason] of stays) {
    const routers = routersOf(program, [element]);
    const all = program.registrations.filter(
      (each) => element.registrations.includes(each) || routers.has(each.on),
    );
    for (const { node } of functionsOf(program, all))
      reasons.set(node, reasons.get(node) ?? why(element, reason));
  }
  return reasons;
}

/**
 * What keeps an application of which nothing can go: what stays by itself, and how much stays because of it.
 *
 * @param known problems that are told anyway
 */
export function keptBack({ stays, behind }: Split, known: readonly Problem[]): Problem[] {
  const told = new Set(known.map(blameOf));
  return [...stays].flatMap(([element, reason]) => {
    const [first] = element.registrations;
    if (first === undefined || reason === NOT_ASKED) return [];
    // What stays because of another is told there, but for what is not asked for, which is not told.
    if (behind.has(element) && stays.get(rootOf(behind, element)) !== NOT_ASKED) return [];
    if (told.has(reason) && ![...behind.values()].includes(element)) return [];
    const also = [...behind.keys()].filter((each) => rootOf(behind, each) === element).length;
    const more = also === 0 ? '' : `; ${also === 1 ? '1 more stays' : `${also} more stay`} because of it`;
    return [
      {
        ...{ location: first.location, rule: 'worlds/stays', unit: null },
        reason: `${nameOf(element)} stays in Express: ${reason}${more}`,
      },
    ];
  });
}

function rootOf(behind: Split['behind'], element: Element): Element {
  const wall = behind.get(element);
  return wall === undefined ? element : rootOf(behind, wall);
}

/** Each function that stays in Express only, with the reason of the route it belongs to. */
export function keptOutcomes({ units }: Conversion, { program, split, inPlace }: Worlds): Outcome[] {
  const reasons = new Map([...reasonsInExpress(program, split), ...(inPlace?.reasons ?? [])]);
  const other =
    inPlace === null
      ? 'only requests that stay in Express reach it'
      : 'Express runs it, before or after handlers of Hono';
  const packages = [...split.stays].flatMap(([element, reason]) =>
    element.registrations.flatMap(({ location, handlers }) =>
      handlers.flatMap(packagesIn).map(
        (each): Outcome => ({
          ...location,
          name: each.package,
          outcome: 'kept',
          reason: why(element, reason),
        }),
      ),
    ),
  );
  const functions = program.functions
    .filter(({ node }) => !units.has(node))
    .map(({ node, location, name }) => ({
      ...location,
      name,
      outcome: 'kept' as const,
      reason: reasons.get(node) ?? other,
    }));
  return [...functions, ...packages];
}

/** What stays, statement by statement, and what would free it. */
export function leftInExpress({ split, rest }: Worlds): LeftForYou[] {
  if (split.stays.size === 0)
    return rest.map(({ location, rule, reason }) => ({
      ...{ ...location, codemod: 'express-to-hono', rule },
      reason: `Express is still there: ${reason}`,
    }));
  const others = rest
    .filter(({ rule }) => rule === 'worlds/app')
    .map(({ location, rule, reason }) => ({
      ...{ ...location, codemod: 'express-to-hono', rule },
      reason: capital(reason),
    }));
  const staying = [...split.stays].flatMap(([element, reason]): LeftForYou[] => {
    const [first] = element.registrations;
    if (first === undefined || reason === NOT_ASKED) return [];
    return [
      {
        ...first.location,
        codemod: 'express-to-hono',
        rule: 'worlds/stays',
        reason: capital(why(element, reason)),
      },
    ];
  });
  return [...staying, ...others];
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Measured on workerd 2026-11-17. */
export const IN_WORKER =
  "In the Worker what stays is asked through Node's own server there: `req.ip` is what CF-Connecting-IP says (127.0.0.1 where a request has none, as one of another Worker), `req.hostname` and `req.protocol` are what Host and X-Forwarded-Proto say, which a request without them gets from its URL, so that `req.headers` holds them too. Its answers have no status text and no Content-Length.";

/** What to know of an application in two worlds. */
export function aboutWorlds(conversion: Conversion, { split, inPlace }: Worlds): string[] {
  return [
    ...(conversion.options.target === 'workers' ? [IN_WORKER] : []),
    ...(isOnlyInPlace(conversion)
      ? []
      : [
          'A request that no route of Hono is for stays in Express, in the same process: each is in one of the two from first to last.',
        ]),
    ...(inPlace === null
      ? []
      : [
          'Where it says `inExpress(…)` the handler is Hono’s and its route is registered in Express still: once what stands before it can go, so can the route. Until then a request costs more there than in Express alone.',
        ]),
    ...(split.both.length === 0
      ? []
      : ['What both need is registered on both: a change to one is a change to the other.']),
  ];
}

/** `GET,HEAD,POST`, without those of the other world. */
const LIST = { matches: '^[A-Z-]+(, ?[A-Z-]+)*$' };
const METHODS: Omit<ExpectedDifference, 'location'> = {
  ...{ old: LIST, new: LIST, when: ['options'] },
  about: 'the methods of one of the two',
};

/** What Express answers to OPTIONS by itself, at a path whose methods are in both worlds. */
export function leftOutBetween({ split, program }: Worlds): LeftOut[] {
  const app = program.routers.find(({ kind }) => kind === 'app');
  if (app === undefined || dividedPaths(split).length === 0) return [];
  return [
    {
      ...{ behaviour: 'options', codemod: 'express-to-hono', rule: 'worlds/options', scope: 'application' },
      about: 'OPTIONS lists all methods of a path, those in Express and those in Hono',
      places: [app.file.locate(app.creation.start)],
      differences: [
        { ...METHODS, location: 'header:allow' },
        { ...METHODS, location: 'body' },
        { location: 'header:etag', when: ['options'], about: 'the tag of another list' },
        ...lengths('the length of another list', ['options']),
      ],
    },
  ];
}
