const fetch = require('node-fetch');

exports.ok = async (url) => (await fetch(url)).ok;
