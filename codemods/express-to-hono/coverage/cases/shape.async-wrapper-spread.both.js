/*
shape: async wrappers
variant: hands on all it gets, on handlers that have a name
packages: [express-async-handler]
requests: [GET /ok, GET /fail, GET /late, GET /named, GET /guarded, { GET: /guarded, headers: { x-key: k } }, GET /thrown, GET /package]
*/
const express = require('express');
const packaged = require('express-async-handler');

const app = express();
function asyncHandler(fn) {
  return function asyncUtilWrap(...args) {
    const fnReturn = fn(...args);
    const next = args[args.length - 1];
    return Promise.resolve(fnReturn).catch(next);
  };
}
const catching = (fn) => (...args) => fn(...args).catch(args[2]);
const named = catching(async (req, res) => {
  res.json({ named: true });
});
const guard = asyncHandler(async (req, res, next) => {
  if (!req.get('x-key')) return res.sendStatus(401);
  next();
});
const late = async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  throw new Error('late');
};
const viaPackage = packaged(async (req, res) => {
  if (req.query.fail) throw new Error('failed');
  res.send('package');
});
app.get('/ok', asyncHandler(async (req, res) => {
  res.json({ ok: true });
}));
app.get('/fail', asyncHandler(async () => {
  throw new Error('failed');
}));
app.get('/late', asyncHandler(late));
app.get('/named', named);
app.get('/guarded', guard, (req, res) => res.send('in'));
app.get('/thrown', asyncHandler(() => {
  throw new Error('at once');
}));
app.get('/package', viaPackage);
app.use((err, req, res, next) => {
  res.status(500).send(err.message);
});
app.listen(process.env.PORT);
