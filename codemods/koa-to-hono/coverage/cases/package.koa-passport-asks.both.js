/*
package: koa-passport whose strategy is handed the request
requests:
  - GET /me
  - {POST: /login, json: {username: ada, password: wrong}}
  - {POST: /login, json: {username: ada, password: lovelace}}
packages: ['@koa/router', koa-passport, koa-bodyparser, passport-local]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');
const passport = require('koa-passport');
const { Strategy } = require('passport-local');

passport.use(
  new Strategy({ passReqToCallback: true }, (req, username, password, done) => {
    done(null, req.ctx.path === '/login' && password === 'lovelace' ? { username } : false);
  }),
);

const app = new Koa();
const router = new Router();

app.use(bodyParser());
app.use(passport.initialize());
router.get('/me', passport.authenticate('local', { session: false }), (ctx) => {
  ctx.body = { user: ctx.state.user };
});
router.post('/login', passport.authenticate('local', { session: false }), (ctx) => {
  ctx.body = { user: ctx.state.user };
});
app.use(router.routes());
app.listen(process.env.PORT);
