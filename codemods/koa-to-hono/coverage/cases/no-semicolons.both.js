/*
shape: a handler whose last statement has no semicolon
cookies: true
mask: ['expires=[^;]*', 'koa.sess=[^;]*', 'koa.sess.sig=[^;]*']
requests: [GET /, GET /state, GET /thrown, GET /swapped]
packages: ['@koa/router', koa-session]
*/
const Koa = require('koa')
const Router = require('@koa/router')
const { createSession: session } = require('koa-session')

const app = new Koa()
const router = new Router()

app.keys = ['secret']
app.on('error', (error, ctx) => {
  console.log('failed', error.message, ctx)
})
app.use(session(app))
router.get('/', async (ctx) => {
  ctx.session = null
})
router.get('/state', (ctx) => {
  ctx.state.name = 'ada'
})
router.get('/thrown', (ctx) => {
  ctx.throw(422, 'not that')
})
router.get('/swapped', async (ctx) => {
  ctx.session.seen = true
  ctx.throw(422, 'nor that')
})
app.use(router.routes())
app.listen(process.env.PORT)
