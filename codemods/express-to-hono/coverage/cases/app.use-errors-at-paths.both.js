/*
member: app.use
variant: error handlers at paths, behind everything, of which some go on
requests:
  - GET /api/known
  - GET /api/other?x=1
  - GET /api
  - GET /api/
  - GET /API/known
  - GET /apis/known
  - GET /api/v2/known
  - GET /api/v2/teapot
  - GET /known
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  next(Object.assign(new Error(req.path.includes('known') ? 'known' : 'other'), { status: req.path.includes('teapot') ? 418 : undefined }));
});
app.use('/api/v2', (err, req, res, next) => {
  if (err.status === 418) return res.status(418).json({ at: 'v2', url: req.url, base: req.baseUrl });
  next(err);
});
app.use('/api/', (err, req, res, next) => {
  if (err.message === 'known') res.status(404).json({ at: 'api', url: req.url, path: req.path, base: req.baseUrl });
  else next(err);
});
app.use((err, req, res, next) => {
  if (req.path === '/known') return next(err);
  res.status(500).json({ at: 'app', url: req.url });
});
app.listen(process.env.PORT);
