import { describe, expect, it } from 'vitest';
import { runOnTree } from '../../../src/codemod/cases.ts';
import codemod from '../index.ts';

const RELEASES = {
  express: '^4.22.0',
  'express-session': '^1.18.0',
  passport: '^0.7.0',
  'passport-local': '^1.0.0',
  csurf: '^1.11.0',
  compression: '^1.8.0',
};

const LOCAL = 'passport.use(new Strategy((name, password, done) => done(null, { name })));';

/** A site with a session and passport, where other parts take the place of these. */
async function converted({
  release = {},
  strategy = LOCAL,
  session = '{ secret: "s", resave: false, saveUninitialized: false }',
  more = '',
  guard = "passport.authenticate('local')",
  options = {},
}: Partial<Record<'strategy' | 'session' | 'more' | 'guard', string>> & {
  release?: object;
  options?: object;
}): Promise<{ text: string; left: string[] }> {
  const app = [
    "const express = require('express');",
    "const session = require('express-session');",
    "const passport = require('passport');",
    "const { Strategy } = require('passport-local');",
    'const app = express();',
    strategy,
    more,
    `app.use(session(${session}));`,
    "app.use(passport.authenticate('session'));",
    `app.post('/login', ${guard}, (req, res) => res.json(req.user));`,
    'app.listen(3000);',
    '',
  ].join('\n');
  const manifest = JSON.stringify({ dependencies: { ...RELEASES, ...release } });
  const files = new Map([
    ['package.json', manifest],
    ['app.js', app],
  ]);
  const { tree, changeSet } = await runOnTree(codemod, files, { parity: 'idiomatic', ...options });
  return { text: tree.get('app.js') ?? '', left: changeSet.leftForYou.map(({ rule }) => rule) };
}

describe('packages that stay what they are', () => {
  it('run on Hono’s context where they ask for no more than it has', async () => {
    const { text } = await converted({});
    expect(text).toContain('app.use(connect(session(');
    expect(text).toContain("connect(passport.authenticate('local')), (c) => c.json(connected(c).user)");
    expect(text).not.toContain('bridge');
  });

  it('do so in a Worker, where what fails in strict code is named', async () => {
    const flash = "passport.authenticate('local', { failureRedirect: '/in', failureFlash: true })";
    const { text, left } = await converted({ guard: flash, options: { target: 'workers' } });
    expect(text).toContain('app.use(connect(session(');
    expect(left).toContain('workers/strict');
    expect(left).toContain('workers/state');
  });

  it('say what becomes of an error that is thrown where passport hands over its outcome', async () => {
    const guard = (raise: string) =>
      `(req, res, next) => passport.authenticate('local', (err, user) => { ${raise} res.json(user); })(req, res, next)`;
    expect((await converted({ guard: guard('if (err) throw err;') })).left).toContain('packages/outcome');
    expect((await converted({ guard: guard('if (err) return next(err);') })).left).not.toContain(
      'packages/outcome',
    );
  });

  it.each([
    ['an earlier release of passport', { release: { passport: '^0.5.0' } }],
    ['a release nobody knows', { release: { 'express-session': '*' } }],
    [
      'a verify that is handed the request',
      { strategy: LOCAL.replace('((', '({ passReqToCallback: true }, (req, ') },
    ],
    [
      'a strategy of its own',
      { strategy: 'passport.use({ name: "local", authenticate(req) { this.success({ name: req.ip }); } });' },
    ],
    [
      'a strategy nobody compared',
      { strategy: "const Other = require('passport-other');\npassport.use(new Other());" },
    ],
    [
      'a user that is made with the request',
      { more: 'passport.deserializeUser((req, id, done) => done(null, { id, ip: req.ip }));' },
    ],
    [
      'an identifier that is made of the address',
      { session: '{ secret: "s", resave: false, saveUninitialized: false, genid: (req) => req.ip }' },
    ],
    [
      'a secret on the request',
      { more: 'app.use((req, res, next) => {\n  req.secret = "s";\n  next();\n});' },
    ],
    [
      'a token that is looked for elsewhere',
      { more: "app.use(require('csurf')({ value: (req) => req.ip }));" },
    ],
    [
      'a redirect to the page before',
      { guard: "passport.authenticate('local', { failureRedirect: 'back' })" },
    ],
    [
      'a package that needs the response',
      { more: "app.use(require('compression')({ filter: () => true }));" },
    ],
  ])('run behind the bridge, all of them, with %s', async (_title, parts) => {
    const { text } = await converted(parts);
    expect(text).toContain('app.use(bridge(session(');
    expect(text).not.toContain('connect');
  });
});
