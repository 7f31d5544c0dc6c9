/** What an application may need of the functions that are written: where it does not, `parity/fold.ts` leaves out what is there for that. */
export const NEEDS = [
  ...(['errorHandler', 'errorNames', 'fileErrors'] as const),
  ...(['errorHeaders', 'ownStatus'] as const),
  ...(['emptyBodies', 'severalParsers'] as const),
  ...(['cookieObjects', 'signedCookies', 'signedObjects', 'severalSecrets'] as const),
  ...(['ownCaching', 'ownTags', 'ownDates', 'unstored', 'ownHeaders', 'jsonAnswers', 'typedSends'] as const),
  ...(['trustedSessions', 'expressState', 'connectedMembers', 'numbersAreStatus', 'onlyBuffers'] as const),
  ...(['staticMounts', 'appLocals', 'viewEngines', 'nunjucks'] as const),
  // Of the lines of a log.
  ...(['logOptions', 'logDev', 'logAnswers', 'logClients', 'logTimes'] as const),
  // Where Express stands beside Hono.
  ...(['methodNames', 'routeParams'] as const),
];

export type Need = (typeof NEEDS)[number];
