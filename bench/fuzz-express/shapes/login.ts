import type { Shape } from './shape.ts';

/** Log-ins with `passport`: a session, flash messages, a guard by `isAuthenticated`, a callback of its own, a log-out. */
const shape: Shape = {
  packages: ['express-session', 'passport', 'passport-local', 'connect-flash'],
  write({ making, name, use, fn, ask }) {
    const { random, style } = making;
    making.jar = true;
    const any = style.typescript ? ': any' : '';
    const as = style.typescript ? ' as any' : '';
    use('session', 'express-session');
    use('passport', 'passport');
    use('{ Strategy }', 'passport-local');
    const [ids, base] = [name('ids'), `/${name('account')}`];
    const hasFlash = random.chance(0.4);
    if (hasFlash) use('flash', 'connect-flash');
    const authenticate = random.pick([
      [
        `app.post('${base}/login', passport.authenticate('local', { failureRedirect: '${base}/login'${hasFlash ? ', failureFlash: true' : ''} }), ${fn('req, res', [`res.redirect('${base}/me');`])});`,
      ],
      [
        `app.post('${base}/login', passport.authenticate('local', { successRedirect: '${base}/me', failureRedirect: '${base}/login' }));`,
      ],
      [
        `app.post('${base}/login', passport.authenticate('local'), ${fn('req, res', [`res.json({ user: (req${as}).user });`])});`,
      ],
      [
        `app.post('${base}/login', ${fn('req, res, next', [
          `passport.authenticate('local', (err${any}, user${any}, info${any}) => {`,
          '  if (err) return next(err);',
          "  if (!user) return res.status(401).json({ info: info ? info.message : 'none' });",
          `  (req${as}).logIn(user, (failed${any}) => (failed ? next(failed) : res.json({ user: user.name })));`,
          '})(req, res, next);',
        ])});`,
      ],
    ]);
    const guard = fn('req, res, next', [
      `if (!(req${as}).isAuthenticated()) return ${random.pick(["res.status(401).json({ error: 'log in' })", `res.redirect('${base}/login')`, "next(new HttpError(401, 'log in'))"])};`,
      'next();',
    ]);
    const form = (body: string) => ({
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
    });
    ask('GET', `${base}/me`);
    ask('POST', `${base}/login`, form('username=ann&password=wrong'));
    ask('GET', `${base}/login`);
    ask('POST', `${base}/login`, form('username=broken&password=x'));
    ask('POST', `${base}/login`, form('username=ann&password=right'));
    ask('GET', `${base}/me`);
    ask('GET', `${base}/login`);
    ask('POST', `${base}/logout`);
    ask('GET', `${base}/me`);
    return [
      `let ${ids} = 0;`,
      `passport.use(new Strategy((username${any}, password${any}, done${any}) => {`,
      "  if (username === 'broken') return done(new Error('store'));",
      "  if (password !== 'right') return done(null, false, { message: 'wrong' });",
      '  done(null, { id: 7, name: username });',
      '}));',
      `passport.serializeUser((user${any}, done${any}) => done(null, user));`,
      `passport.deserializeUser((user${any}, done${any}) => done(null, user));`,
      `app.use(session({ secret: 'quiet', resave: false, saveUninitialized: ${random.pick(['false', 'true'])}, genid: () => 'id' + (${ids} += 1) }));`,
      ...(hasFlash ? ['app.use(flash());'] : []),
      ...(random.chance(0.6) ? ['app.use(passport.initialize());'] : []),
      random.pick(['app.use(passport.session());', "app.use(passport.authenticate('session'));"]),
      `app.use('${base}', express.urlencoded({ extended: false }));`,
      ...authenticate,
      `app.get('${base}/login', ${fn('req, res', [`res.json({ messages: ${hasFlash ? `(req${as}).flash('error')` : `(req${as}).session.messages || []`}, user: (req${as}).user || null });`])});`,
      `app.get('${base}/me', ${guard}, ${fn('req, res', [`res.json({ user: (req${as}).user });`])});`,
      `app.post('${base}/logout', ${fn('req, res, next', [`(req${as}).logout((err${any}) => { if (err) return next(err); res.redirect('/'); });`])});`,
    ];
  },
};
export default shape;
