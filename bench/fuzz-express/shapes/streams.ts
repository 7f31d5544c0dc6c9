import type { Shape } from './shape.ts';

/** Answers in parts: files and made streams through `pipe` and `pipeline`, events, loops of writes, and what fails on the way. */
const shape: Shape = {
  write({ making: { random, style }, name, use, fn, ask, file, folder }) {
    file('data/rows.csv', 'a,b\n1,2\n3,4\n');
    use('fs', 'node:fs');
    const path = `/${name('stream')}`;
    const any = style.typescript ? ': any' : '';
    const from = `${folder} + '/data/' + (req.query.file || 'rows.csv')`;
    const parts = random.pick([
      [`fs.createReadStream(${from}).on('error', next).pipe(res);`],
      [
        `const stream = fs.createReadStream(${from});`,
        "stream.on('open', () => { res.type('csv'); stream.pipe(res); });",
        `stream.on('error', (err${any}) => ${random.pick(['next(err)', "res.status(404).send('none')", 'res.status(404).end(String(err.code))'])});`,
      ],
      [
        "res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });",
        "for (const n of [1, 2, 3]) res.write('data: ' + n + '\\n\\n');",
        'res.end();',
      ],
      ["res.type('txt');", "for (const n of [1, 2]) res.write('line ' + n + '\\n');", "res.end('end\\n');"],
      [
        "res.write('first\\n');",
        "if (req.query.file) return next(new HttpError(500, 'late'));",
        "res.end('last\\n');",
      ],
      [
        "res.setHeader('Content-Type', 'application/x-ndjson');",
        'let left = 3;',
        'const timer = setInterval(() => {',
        "  res.write(JSON.stringify({ left }) + '\\n');",
        '  left -= 1;',
        '  if (left === 0) { clearInterval(timer); res.end(); }',
        '}, 2);',
        "req.on('close', () => clearInterval(timer));",
      ],
    ]);
    ask('GET', path);
    ask('GET', `${path}?file=none.csv`);
    ask('HEAD', path);
    return [`app.get('${path}', ${fn('req, res, next', parts)});`];
  },
};
export default shape;
