module.exports = (app) => {
  app.set('json spaces', 2);
};
