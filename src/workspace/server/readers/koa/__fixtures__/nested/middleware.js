exports.logger = async (ctx, next) => {
  await next();
  console.log(ctx.method, ctx.url);
};

exports.requireUser = async (ctx, next) => {
  if (!ctx.get('authorization')) ctx.throw(401);
  await next();
};
