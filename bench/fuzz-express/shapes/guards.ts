import type { Shape } from './shape.ts';

/** Who is let in: guards before prefixes, by role, from a header of Basic or Bearer, beside routes that are open. */
const shape: Shape = {
  packages: ['helmet', 'cors'],
  write({ making: { random, style }, name, use, fn, ask }) {
    const base = `/${name('admin')}`;
    const any = style.typescript ? ': any' : '';
    const role = name('role');
    const lines: string[] = [];
    if (random.chance(0.3)) {
      use('cors', 'cors');
      lines.push(
        `app.use(cors(${random.pick(['', "{ origin: 'http://one.test', credentials: true }", "{ origin: ['http://one.test', /two/] }"])}));`,
      );
    }
    if (random.chance(0.3)) {
      use('helmet', 'helmet');
      lines.push(`app.use(helmet(${random.pick(['', '{ contentSecurityPolicy: false }'])}));`);
    }
    lines.push(
      `const ${role} = (...roles${style.typescript ? ': any[]' : ''}) => (req${any}, res${any}, next${any}) => {`,
      "  const [kind, token] = (req.headers.authorization || '').split(' ');",
      "  if (kind !== 'Bearer') return res.set('WWW-Authenticate', 'Bearer').status(401).end();",
      `  if (!roles.includes(token)) return ${random.pick(["res.status(403).json({ error: 'role' })", "next(new HttpError(403, 'role'))"])};`,
      '  req.role = token;',
      '  next();',
      '};',
    );
    const show = fn('req, res', [
      `res.json({ role: (req${style.typescript ? ' as any' : ''}).role, url: req.originalUrl, base: req.baseUrl, path: req.path });`,
    ]);
    const five = style.express === 5;
    const ways = [
      [`app.use('${base}', ${role}('root'));`, `app.get('${base}/panel', ${show});`],
      [`app.use(['${base}', '/other'], ${role}('root', 'user'));`, `app.get('${base}/panel', ${show});`],
      [`app.all('${base}/*${five ? 'rest' : ''}', ${role}('root'));`, `app.get('${base}/panel', ${show});`],
      [`app.get('${base}/panel', ${role}('root'), ${show});`],
      [
        `const inner${role} = express.Router();`,
        `inner${role}.use(${role}('root'));`,
        `inner${role}.get('/panel', ${show});`,
        `app.use('${base}', inner${role});`,
      ],
    ];
    lines.push(...random.pick(ways));
    for (const token of ['root', 'nobody'])
      ask('GET', `${base}/panel`, {
        headers: { Authorization: `Bearer ${token}`, Origin: 'http://one.test' },
      });
    ask('GET', `${base}/panel`);
    ask('GET', `${base.toUpperCase()}/panel/`);
    ask('GET', `${base}/none`);
    ask('OPTIONS', `${base}/panel`, {
      headers: { Origin: 'http://two.test', 'Access-Control-Request-Method': 'GET' },
    });
    ask('HEAD', `${base}/panel`, { headers: { Authorization: 'Bearer root' } });
    return lines;
  },
};
export default shape;
