import type { Shape } from './shape.ts';

/** Files that go out: by name, from a root, with a callback, below a wildcard, by a static middleware that a handler calls. */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask, file, folder }) {
    file('data/list.txt', 'one\ntwo\n');
    file('outside.txt', 'outside\n');
    file('data/deep/page.html', '<p>page</p>\n');
    const path = `/${name('get')}`;
    const root = `${folder} + '/data'`;
    const five = style.express === 5;
    const rest = five ? '/*rest' : '/*';
    const given = five ? "req.params.rest.join('/')" : 'req.params[0]';
    const after = random.pick([
      '(err) => { if (err) next(err); }',
      "(err) => { if (!err) return;\n  if (err.status !== 404) return next(err);\n  res.status(404).send('no such file'); }",
      'function (err) { if (err && !res.headersSent) res.sendStatus(err.status || 500); }',
    ]);
    const send = random.pick([
      () => `res.sendFile(${given}, { root: ${root} });`,
      () => `res.sendFile(${given}, { root: ${root} }, ${after});`,
      () => `res.download(${given}, { root: ${root} }, ${after});`,
      () => `res.download(${root} + '/' + ${given});`,
      () => `res.download(${root} + '/' + ${given}, 'saved.txt', ${after});`,
      () => `res.download(${root} + '/' + ${given}, 'saved.txt');`,
    ])();
    const kept = random.chance(0.3) ? ['const answer = { res };', 'answer.res.set("X-From", "answer");'] : [];
    ask('GET', `${path}/list.txt`);
    ask('GET', `${path}/deep/page.html`);
    ask('GET', `${path}/none.txt`);
    ask('GET', `${path}/..%2Foutside.txt`);
    ask('HEAD', `${path}/list.txt`);
    ask('GET', `${path}/list.txt`, { headers: { Range: 'bytes=0-2' } });
    if (random.chance(0.25)) {
      const files = name('files');
      return [
        `const ${files} = express.static(${root}, { index: false });`,
        `app.get('${path}${rest}', ${fn('req, res, next', [
          `req.url = '/' + ${given};`,
          `${files}(req, res, ${random.pick(['next', '() => res.status(404).send("none")'])});`,
        ])});`,
      ];
    }
    return [`app.get('${path}${rest}', ${fn('req, res, next', [...kept, send])});`];
  },
};
export default shape;
