import type { Shape } from './shape.ts';

/** Pages of a view engine: locals of the application, of a middleware and of the call, callbacks, views that fail or miss. */
const shape: Shape = {
  packages: ['ejs'],
  write({ making: { random }, name, fn, ask, file, folder }) {
    file(
      'views/page.ejs',
      '<h1><%= title %></h1><%= typeof user === "undefined" ? "" : user %><%= locals.site %>\n',
    );
    file('views/broken.ejs', '<%= missing.name %>\n');
    const path = `/${name('page')}`;
    const lines = [`app.set('views', ${folder} + '/views');`, "app.set('view engine', 'ejs');"];
    if (random.chance(0.5)) lines.push("app.locals.site = 'here';");
    if (random.chance(0.5))
      lines.push(
        `app.use(${fn('req, res, next', ["res.locals.user = req.get('X-User') || 'guest';", 'next();'])});`,
      );
    const render = random.pick([
      "res.render('page', { title: req.query.title || 'none' });",
      "res.status(201).render('page', { title: 'made' });",
      "res.render('page', { title: 'cb' }, (err, html) => { if (err) return next(err);\n  res.set('X-Length', String(html.length)); res.send(html); });",
      "if (req.query.bad) return res.render('broken');\nres.render('page', { title: 'ok' });",
      "res.render(req.query.bad ? 'nowhere' : 'page.ejs', { title: 'ok' });",
      "app.render('page', { title: 'app' }, (err, html) => (err ? next(err) : res.send(html)));",
    ]);
    lines.push(`app.get('${path}', ${fn('req, res, next', render.split('\n'))});`);
    ask('GET', `${path}?title=%3Cb%3E`);
    ask('GET', `${path}?bad=1`, { headers: { 'X-User': 'ann' } });
    ask('HEAD', path);
    return lines;
  },
};
export default shape;
