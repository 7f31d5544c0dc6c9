const fetch = (...args) => import('node-fetch').then(({ default: fetch }) => fetch(...args));

exports.text = async (url) => (await fetch(url)).text();
