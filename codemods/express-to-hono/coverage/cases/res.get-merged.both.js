/*
member: res.getHeader
variant: of a policy that middleware adds to
requests: [GET /, GET /own, HEAD /own]
*/
const express = require('express');

const app = express();
const policy = { csp: "frame-ancestors 'self'", frame: process.env.NEVER_SET };
app.use('/own', (req, res, next) => {
  res.setHeader('Content-Security-Policy', "default-src 'self'");
  next();
});
app.use((req, res, next) => {
  const existing = res.getHeader('Content-Security-Policy');
  res.setHeader('Content-Security-Policy', existing ? `${existing}; ${policy.csp}` : policy.csp);
  if (policy.frame) res.setHeader('X-Frame-Options', policy.frame);
  next();
});
app.get(['/', '/own'], (req, res) => {
  res.json({ path: req.path });
});
app.listen(process.env.PORT);
