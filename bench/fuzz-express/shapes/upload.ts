import type { Shape, Shaping } from './shape.ts';

const part = (field: string, text: string, file?: string): string =>
  [
    '--b',
    `Content-Disposition: form-data; name="${field}"${file === undefined ? '' : `; filename="${file}"`}`,
    ...(file === undefined ? [] : ['Content-Type: text/plain']),
    '',
    text,
  ].join('\r\n');
const form = (...parts: string[]) => ({
  headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
  body: `${parts.join('\r\n')}\r\n--b--\r\n`,
});

function called({ making: { random }, fn }: Shaping, upload: string): string {
  const error = random.pick([
    'if (err) return next(err);',
    'if (err) return res.status(422).json({ error: err.code || err.message });',
    "if (err instanceof multer.MulterError) return res.status(400).send(err.code);\nelse if (err) return res.status(500).send('other');",
  ]);
  const answer = 'res.json({ size: req.file ? req.file.size : null, title: req.body && req.body.title });';
  return fn('req, res, next', [
    random.chance(0.5) ? `${upload}(req, res, (err) => {` : `${upload}(req, res, function (err) {`,
    `  ${error}`,
    `  ${answer}`,
    '});',
  ]);
}

/** Files that come in: multer in the list of handlers, called by a handler, in a guard of another file, or held by an object. */
const shape: Shape = {
  packages: ['multer'],
  write(shaping) {
    const { making, name, use, fn, ask, folder } = shaping;
    const { random } = making;
    use('multer', 'multer');
    const upload = name('upload');
    const storage = random.pick(['', 'storage: multer.memoryStorage(), ', `dest: ${folder} + '/uploaded', `]);
    const limits = random.pick(['', 'limits: { fileSize: 20 }', 'limits: { fileSize: 20, files: 1 }']);
    const lines = [`const ${upload} = multer({ ${storage}${limits} });`];
    const path = `/${name('files')}`;
    const single = `${upload}.single('doc')`;
    const show = fn('req, res', [
      'res.json({ name: req.file && req.file.originalname, size: req.file && req.file.size, body: req.body });',
    ]);
    const ways: (() => string[])[] = [
      () => [`app.post('${path}', ${single}, ${show});`],
      () => [`app.post('${path}', ${called(shaping, single)});`],
      () => {
        const held = name('accept');
        return [`const ${held} = ${single};`, `app.post('${path}', ${called(shaping, held)});`];
      },
      () => [
        `app.post('${path}', ${upload}.array('doc', 2), ${fn('req, res', ['res.json({ count: req.files.length });'])});`,
      ],
      () => [`app.post('${path}', [${single}, ${show}]);`],
      () => {
        const router = name('router');
        return [
          `const ${router} = express.Router();`,
          `${router}.use(${upload}.none());`,
          `${router}.post('/', ${fn('req, res', ['res.json(req.body);'])});`,
          `app.use('${path}', ${router});`,
        ];
      },
    ];
    lines.push(...random.pick(ways)());
    ask('POST', path, form(part('title', 'one'), part('doc', 'hello', 'a.txt')));
    ask('POST', path, form(part('doc', 'x'.repeat(50), 'b.txt')));
    ask('POST', path, form(part('other', 'hello', 'c.txt')));
    ask('POST', path, form(part('title', 'only')));
    ask('POST', path, { headers: { 'Content-Type': 'application/json' }, body: '{"title":"t"}' });
    return lines;
  },
};
export default shape;
