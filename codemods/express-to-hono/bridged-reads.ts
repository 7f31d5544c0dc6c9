/**
 * Members that a bridged package reads although the bridge does not give them as Express does, and why nothing follows
 * from it. A package may only be bridged when it reads no other such member: `crossing.test.ts` reads their code.
 */
export const READS_DESPITE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  morgan: { 'req.url': 'only where `originalUrl` is missing' },
  'express-session': { 'req.url': 'only where `originalUrl` is missing' },
  'method-override': { 'req.url': 'for its query, which is the same below a path' },
  'serve-favicon': { 'req.url': 'it is not bridged below a path' },
  'cookie-session': { 'res.set': 'to choose between two functions that both set the header' },
  'xss-clean': { 'req.params': 'empty in `use`, the only place where it is bridged' },
  passport: { 'res.redirect': '`authenticate`, which calls it, is not bridged' },
};
