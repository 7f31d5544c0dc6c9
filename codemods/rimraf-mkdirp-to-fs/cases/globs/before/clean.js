const rimraf = require('rimraf');
const mkdirp = require('mkdirp');
const { promisify } = require('util');

exports.clean = (folder) => rimraf.sync(folder);
exports.logs = (done) => rimraf('logs/*.log', done);
exports.later = promisify(rimraf);
exports.make = async (folder) => console.log(await mkdirp(folder));
