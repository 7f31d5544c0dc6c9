import type { Shape } from './shape.ts';

/** What goes wrong and who hears of it: rejections with and without a reason, texts and numbers as errors, wrappers, classes of errors. */
const shape: Shape = {
  write({ making: { random, style }, name, fn, ask }) {
    const base = `/${name('fail')}`;
    const any = style.typescript ? ': any' : '';
    const wrap = name('wrap');
    const value = random.pick([
      "new HttpError(418, 'tea')",
      "new Error('plain')",
      'null',
      'undefined',
      "'text'",
      '0',
      '{ status: 409, message: "object" }',
      "Object.assign(new Error('typed'), { statusCode: 404, expose: true, headers: { 'X-Why': 'typed' } })",
    ]);
    const wrapper = random.pick([
      `const ${wrap} = (fn${any}) => (req${any}, res${any}, next${any}) => Promise.resolve(fn(req, res, next)).catch(next);`,
      `const ${wrap} = (fn${any}) => async (req${any}, res${any}, next${any}) => { try { await fn(req, res, next); } catch (err) { next(err); } };`,
      `function ${wrap}(fn${any}) { return function (req${any}, res${any}, next${any}) { return fn(req, res, next).catch(next); }; }`,
    ]);
    // Under Express 4 nobody hears of a rejection that is not caught.
    const own =
      style.express === 5
        ? fn('req, res', [`await Promise.reject(${value});`], { async: true })
        : fn('req, res, next', [`Promise.reject(${value}).catch(next);`]);
    ask('GET', `${base}/own`);
    ask('GET', `${base}/wrapped`);
    ask('GET', `${base}/wrapped?ok=1`);
    ask('GET', `${base}/next`);
    ask('GET', `${base}/thrown`);
    return [
      wrapper,
      `app.get('${base}/own', ${own});`,
      `app.get('${base}/wrapped', ${wrap}(${fn('req, res', ['if (req.query.ok) return res.json({ ok: true });', `throw ${value};`], { async: true })}));`,
      `app.get('${base}/next', ${fn('req, res, next', [`next(${value});`])}, ${fn('req, res', ["res.send('went on');"])});`,
      `app.get('${base}/thrown', ${fn('req, res', [`throw ${value};`])});`,
    ];
  },
};
export default shape;
