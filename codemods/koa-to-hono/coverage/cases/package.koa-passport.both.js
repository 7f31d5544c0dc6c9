/*
package: koa-passport
cookies: true
mask: ['expires=[^;]*', 'koa.sess=[^;]*', 'koa.sess.sig=[^;]*']
requests:
  - GET /
  - GET /me
  - {POST: /login, json: {username: ada, password: wrong}}
  - {POST: /login, json: {}}
  - {POST: /api, json: {username: ada, password: wrong}}
  - {POST: /api, json: {username: ada, password: lovelace}}
  - {POST: /login, json: {username: ada, password: lovelace}}
  - GET /me
  - GET /
  - GET /logout
  - GET /me
  - POST /direct
  - GET /me
  - {POST: /login, json: {username: fails, password: x}}
  - {GET: /me, headers: {Cookie: 'koa.sess=eyJwYXNzcG9ydCI6eyJ1c2VyIjoxfX0=; koa.sess.sig=guessed'}}
packages: ['@koa/router', koa-passport, koa-session, koa-bodyparser, passport-local]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');
const { createSession: session } = require('koa-session');
const passport = require('koa-passport');
const { Strategy } = require('passport-local');

const users = [{ id: 1, username: 'ada', password: 'lovelace' }];

passport.serializeUser((user, done) => {
  done(null, user.id);
});
passport.deserializeUser((id, done) => {
  done(null, users.find((each) => each.id === id) || false);
});
passport.use(
  new Strategy((username, password, done) => {
    if (username === 'fails') return done(new Error('no users'));
    const user = users.find((each) => each.username === username);
    return done(null, user && user.password === password ? user : false);
  }),
);

const app = new Koa();
const router = new Router();

app.keys = ['secret'];
app.on('error', () => {});
app.use(session(app));
app.use(bodyParser());
app.use(passport.initialize());
app.use(passport.session());

const loggedIn = async (ctx, next) => {
  if (!ctx.isAuthenticated()) ctx.throw(401);
  await next();
};

router.get('/', (ctx) => {
  ctx.body = { known: ctx.isAuthenticated(), unknown: ctx.isUnauthenticated() };
});
router.get('/me', loggedIn, (ctx) => {
  ctx.body = { id: ctx.state.user.id };
});
router.post('/login', passport.authenticate('local', { successRedirect: '/me', failureRedirect: '/' }));
router.post('/api', passport.authenticate('local', { session: false }), (ctx) => {
  ctx.body = { id: ctx.state.user.id };
});
router.get('/logout', async (ctx) => {
  await ctx.logout();
  ctx.body = 'bye';
});
router.post('/direct', async (ctx) => {
  await ctx.login(users[0]);
  ctx.body = 'hello';
});
app.use(router.routes());
app.listen(process.env.PORT);
