module.exports = (app) => {
  app.disable('x-powered-by');
};
