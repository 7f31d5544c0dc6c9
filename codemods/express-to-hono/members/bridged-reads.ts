/**
 * Members that a bridged package reads although the bridge does not give them as Express does, and why nothing follows
 * from it. A package may only be bridged when it reads no other such member: `crossing.test.ts` reads their code.
 */
export const READS_DESPITE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'cookie-session': { 'res.set': 'to choose between two functions that both set the header' },
  'express-pino-logger': {
    'req.params': 'by its keys, whatever its prototype',
    'res.send': 'in its example alone',
    'res.status': 'in its tests alone',
  },
  'express-rate-limit': { 'req.app': 'only for the setting `trust proxy`, which is lent' },
  'express-slow-down': { 'req.app': 'only for the setting `trust proxy`, which is lent' },
  'pino-http': { 'req.params': 'by its keys, whatever its prototype' },
  'trim-request': { 'req.params': 'by its keys, whatever its prototype' },
  'xss-clean': { 'req.params': 'by its keys, whatever its prototype' },
};

/** What the bridge lends beside that where a package answers in Express's ways: `expressAnswers` has each of them. */
export const LENT_TO_ANSWER: ReadonlySet<string> = new Set(
  'status send json sendStatus redirect set header get append cookie'.split(' ').map((name) => `res.${name}`),
);
