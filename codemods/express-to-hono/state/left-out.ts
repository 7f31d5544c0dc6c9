import type { KeptBehaviour, LeftOut } from '../../../src/model/changeset.ts';
import type { Location } from '../../../src/model/location.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { BEHAVIOURS, type BehaviourName } from './behaviours.ts';
import type { Conversion, FileWork } from './conversion.ts';

/**
 * Notes that the edit at a node leaves a behaviour out.
 *
 * @param header the one that is sent otherwise, where it depends on the code
 */
export function leaveOut(
  conversion: Conversion,
  work: FileWork,
  node: SyntaxNode,
  name: BehaviourName,
  header?: string,
): void {
  const { idiomatic } = conversion;
  if (idiomatic === null || conversion.dry > 0) return;
  if (header !== undefined) idiomatic.headers.add(header);
  const place = work.file.locate(node.start);
  const places = idiomatic.places.get(name) ?? [];
  if (!places.some(({ file, line }) => file === place.file && line === place.line)) places.push(place);
  idiomatic.places.set(name, places);
}

/** What was left out, for the change set. */
export const leftOutOf = ({ idiomatic }: Conversion): LeftOut[] =>
  [...(idiomatic?.places ?? [])].map(([behaviour, places]) => {
    const one = leftOut(behaviour, 'express-to-hono', places);
    if (behaviour !== 'header-lines') return one;
    const headers = [...(idiomatic?.headers ?? [])].map((name) => ({
      ...{ location: `header:${name}`, kind: 'header-value', same: 'list' as const, about: one.about },
    }));
    return { ...one, differences: [...one.differences, ...headers] };
  });

/** A behaviour as the change set names it. */
export const leftOut = (behaviour: BehaviourName, codemod: string, places: Location[]): LeftOut => ({
  ...{ behaviour, codemod, rule: `parity/${behaviour}`, about: BEHAVIOURS[behaviour].about, places },
  scope: BEHAVIOURS[behaviour].scope ?? 'application',
  differences: [...BEHAVIOURS[behaviour].differences],
});

/** Why parity functions stay in an idiomatic conversion, where nothing was found out about this application. */
const STAYS: readonly (readonly [names: RegExp, reason: string])[] = [
  [
    /^(jsonBody|formBody|nestedFormBody|textBody|rawBody)$/,
    'which bodies are taken, their limit and their errors',
  ],
  [/^(flatQuery|nestedQuery)$/, 'a handler reads the query as an object, a repeated key as a list'],
  [/^(attachment|attachmentOf)$/, 'a file name outside ASCII, and its type'],
  [/^(signed|signedCookies|cookieSecret)$/, 'cookies that browsers hold are signed as Express signs them'],
  [/^setType$/, 'an extension stands for its content type'],
  [/^(sendTyped|sendLoosely)$/, 'what is sent, or its type, is known only at run time'],
  [/^expressAnswers$/, 'middleware that runs as it was answers by Express’s methods'],
  [/^receive$/, 'multer’s own parser, storage and limits'],
  [/^query$/, 'a handler takes the query as a list, an object or a whole'],
  [/^keptQuery$/, 'a handler changes the query for those after it'],
  [/^(clientIp|protocol|hostname)$/, 'a handler reads it, and Hono does not tell it on every server'],
  [
    /^(originalUrl|urlInMount|pathInMount|mountPath|urlBelow|pathBelow|pathAbove|splat)$/,
    'a handler reads it',
  ],
  [/^(cookies|cookieText|setCookie|clearCookie)$/, 'values are signed or JSON, and ages are in milliseconds'],
  [/^(send|json|sendStatus|end)$/, 'what is sent, or its type, is known only at run time'],
  [/^(serveStatic|sendFile|download)$/, 'ranges, conditional requests and the options given here'],
  [/^(upload|diskStorage|memoryStorage|UploadError)$/, 'multer’s storage, limits and errors'],
  [/^streamResponse$/, 'a stream that fails must not look as if it had ended'],
  [/^conditionalGet$/, 'clients and caches ask with If-None-Match whether they have an answer already'],
  [/^nodeApp$/, 'the project’s tests hand the application to Node’s http server'],
  [/^listensItself$/, 'Bun would serve the default export of the entry a second time'],
  [/^(bridge|connect|session)/, 'middleware that runs as it was'],
  [
    /^(errorsInTurn|errorsUnder|withErrors)$/,
    'several error handlers, each for what is registered before it',
  ],
  [/^inExpress$/, 'a handler of Hono’s stands where Express registers it'],
  [/^besideExpress/, 'what does not convert stays in Express, beside Hono'],
];

/** Functions of the parity module that an idiomatic conversion still needs. */
export function keptBehaviours({ idiomatic, parity, files }: Conversion): KeptBehaviour[] {
  if (idiomatic === null) return [];
  const users = (name: string) =>
    [...files.values()].filter(({ wanted }) => wanted.get('parity')?.has(name)).map(({ file }) => file.path);
  return [...parity]
    .filter((name) => name !== 'NodeApp')
    .sort()
    .map((behaviour) => ({
      behaviour,
      reason:
        idiomatic.reasons.get(behaviour) ??
        STAYS.find(([names]) => names.test(behaviour))?.[1] ??
        'the application asks for it, and Hono has nothing that does the same',
      files: users(behaviour),
    }));
}
