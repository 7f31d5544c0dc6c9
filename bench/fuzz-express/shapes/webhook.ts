import { createHmac } from 'node:crypto';
import { JSON_TYPE, type Shape } from './shape.ts';

const sign = (text: string) => createHmac('sha256', 'quiet').update(text).digest('hex');

/** A signature over the bytes of a body: kept by `verify`, by a raw parser on the route, or by one before the parser of all others. */
const shape: Shape = {
  write({ making: { random, style }, name, use, fn, ask }) {
    use('crypto', 'node:crypto');
    const path = `/${name('hook')}`;
    const as = style.typescript ? ' as any' : '';
    const any = style.typescript ? ': any' : '';
    const compare = (bytes: string) => [
      `const mark = crypto.createHmac('sha256', 'quiet').update(${bytes}).digest('hex');`,
      "if (mark !== req.get('X-Signature')) return res.status(401).json({ error: 'signature' });",
    ];
    const good = '{"event": "paid",  "n": 1}';
    ask('POST', path, { headers: { ...JSON_TYPE, 'X-Signature': sign(good) }, body: good });
    ask('POST', path, { headers: { ...JSON_TYPE, 'X-Signature': sign('{}') }, body: good });
    ask('POST', path, { headers: { ...JSON_TYPE, 'X-Signature': sign('') }, body: '' });
    ask('POST', path, { headers: { 'Content-Type': 'text/plain', 'X-Signature': sign('x') }, body: 'x' });
    ask('POST', path, { headers: { ...JSON_TYPE, 'X-Signature': sign('{') }, body: '{' });
    const verify = random.pick([
      `(req${any}, res${any}, buf${any}) => { req.rawBody = buf; }`,
      `(req${any}, res${any}, buf${any}, encoding${any}) => { if (buf && buf.length) req.rawBody = buf.toString(encoding || 'utf8'); }`,
      `(req${any}, _res${any}, buf${any}) => { if (req.originalUrl.startsWith('${path}')) req.rawBody = buf; }`,
      `(req${any}, _res${any}, buf${any}) => { if (buf.includes('drop')) throw new Error('dropped'); req.rawBody = buf; }`,
    ]);
    return random.pick([
      () => [
        `app.use('${path}', express.json({ verify: ${verify} }));`,
        `app.post('${path}', ${fn('req, res', [...compare(`(req${as}).rawBody || ''`), 'res.json({ event: req.body.event });'])});`,
      ],
      () => [
        `app.post('${path}', express.raw({ type: 'application/json' }), ${fn('req, res', [
          ...compare("Buffer.isBuffer(req.body) ? req.body : ''"),
          'res.json({ bytes: req.body.length });',
        ])});`,
      ],
      () => [
        `app.post('${path}', express.json({ verify: ${verify} }), ${fn('req, res', [...compare(`(req${as}).rawBody || ''`), 'res.json(req.body);'])});`,
      ],
    ])();
  },
};
export default shape;
