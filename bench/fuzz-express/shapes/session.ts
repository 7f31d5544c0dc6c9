import { JSON_TYPE, type Shape } from './shape.ts';

/** Sessions in memory: a counter, a log-in that makes the session anew, a guard, a log-out, all with a cookie that is sent back. */
const shape: Shape = {
  packages: ['express-session'],
  write({ making, name, use, fn, ask }) {
    const { random } = making;
    making.jar = true;
    use('session', 'express-session');
    const count = name('ids');
    const options = random.pick([
      'resave: false, saveUninitialized: false',
      'resave: false, saveUninitialized: true',
      "resave: true, saveUninitialized: true, name: 'sid', cookie: { sameSite: 'lax' }",
    ]);
    const base = `/${name('me')}`;
    const guard = fn('req, res, next', [
      random.pick([
        "if (!req.session.user) return res.status(401).json({ error: 'log in' });",
        "if (!req.session.user) return res.redirect('/login');",
        "if (!req.session.user) { const err = new HttpError(401, 'log in'); return next(err); }",
      ]),
      random.pick(['req.user = req.session.user;', 'res.locals.user = req.session.user;']),
      'next();',
    ]);
    const user = "{ name: (req.body && req.body.name) || 'ann' }";
    const login = random.pick([
      [`req.session.user = ${user};`, 'res.json(req.session.user);'],
      [
        `const user = ${user};`,
        'req.session.regenerate((err) => {',
        '  if (err) return next(err);',
        '  req.session.user = user;',
        "  req.session.save((failed) => (failed ? next(failed) : res.redirect('back-home')));",
        '});',
      ],
    ]);
    ask('GET', `${base}/count`);
    ask('GET', `${base}/count`);
    ask('GET', `${base}/secret`);
    ask('POST', `${base}/login`, { headers: JSON_TYPE, body: '{"name":"eve"}' });
    ask('GET', `${base}/secret`);
    ask('GET', `${base}/count`);
    ask('POST', `${base}/logout`);
    ask('GET', `${base}/secret`);
    return [
      `let ${count} = 0;`,
      `app.use(session({ secret: 'quiet', genid: () => 'id' + (${count} += 1), ${options} }));`,
      `app.get('${base}/count', ${fn('req, res', ['req.session.views = (req.session.views || 0) + 1;', 'res.json({ views: req.session.views });'])});`,
      `app.post('${base}/login', express.json(), ${fn('req, res, next', login)});`,
      `app.get('${base}/secret', ${guard}, ${fn('req, res', ['res.json({ user: req.user || res.locals.user });'])});`,
      `app.post('${base}/logout', ${fn('req, res, next', ['req.session.destroy((err) => (err ? next(err) : res.status(204).end()));'])});`,
    ];
  },
};
export default shape;
