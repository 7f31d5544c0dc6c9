const Router = require('@koa/router');

const posts = new Router();
posts.prefix('/posts');
posts.get('/', (ctx) => (ctx.body = []));

const comments = new Router();
comments.get('/comments', (ctx) => (ctx.body = []));
posts.use('/:post', comments.routes());

module.exports = posts;
