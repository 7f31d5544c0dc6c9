module.exports = { version: '2' };
