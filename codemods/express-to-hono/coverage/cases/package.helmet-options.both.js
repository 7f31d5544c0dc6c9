/*
package: helmet
variant: options
packages: [helmet]
requests:
  - GET /options
  - GET /options/none
  - GET /options/own
  - GET /options/fails
  - GET /bare
  - GET /report
  - GET /single
  - { HEAD: /options }
  - { OPTIONS: /options }
*/
const express = require('express');
const helmet = require('helmet');

const app = express();
const hsts = { maxAge: 60 * 60, includeSubDomains: false, preload: true };
app.use(
  '/options',
  helmet({
    contentSecurityPolicy: {
      directives: { scriptSrc: ["'self'", 'https://cdn.example.org'], 'img-src': '*', connectSrc: ["'self'"], upgradeInsecureRequests: null },
    },
    crossOriginEmbedderPolicy: true,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    referrerPolicy: { policy: ['origin', 'no-referrer'] },
    hsts,
    frameguard: { action: 'deny' },
    dnsPrefetchControl: { allow: true },
    permittedCrossDomainPolicies: { permittedPolicies: 'by-content-type' },
    ieNoOpen: false,
  }),
);
app.use('/bare', helmet({ contentSecurityPolicy: false, hsts: false, xssFilter: false, noSniff: true }));
app.use('/report', helmet({ contentSecurityPolicy: { useDefaults: false, reportOnly: true, directives: { defaultSrc: "'self'", reportUri: ['/r'] } } }));
app.use('/single', helmet.frameguard({ action: 'sameorigin' }));
app.use('/single', helmet.hsts());
app.use('/single', helmet.noSniff());
app.get('/options', (req, res) => res.json({ ok: true }));
app.get('/options/own', (req, res) => {
  res.set('X-Frame-Options', 'SAMEORIGIN');
  res.removeHeader('Content-Security-Policy');
  res.send('own');
});
app.get('/options/fails', () => {
  throw new Error('no');
});
app.get('/bare', (req, res) => res.send('bare'));
app.get('/report', (req, res) => res.redirect('/bare'));
app.get('/single', (req, res) => res.status(204).end());
app.use((err, req, res, next) => res.status(500).json({ error: err.message }));
app.listen(process.env.PORT);
