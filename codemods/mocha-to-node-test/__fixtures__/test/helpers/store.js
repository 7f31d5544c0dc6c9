exports.open = () => {
  const log = [];
  return {
    log,
    clear: (done) => {
      log.push('clear');
      done();
    },
    close: async () => {},
  };
};
