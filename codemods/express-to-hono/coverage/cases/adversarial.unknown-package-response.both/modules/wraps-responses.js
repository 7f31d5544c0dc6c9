module.exports = () => (req, res, next) => {
  const { json, cookie, status, setHeader, write, end } = res;
  res.type('application/vnd.api+json');
  res.json = (body) => json.call(res, { data: body });
  res.status = (code) => status.call(res, code + 1);
  res.cookie = (name, value) => cookie.call(res, `own_${name}`, value);
  res.redirect = (url) => res.send(`to ${url}`);
  res.setHeader = (name, value) => setHeader.call(res, name, name === 'X-A' ? `${value}!` : value);
  res.write = (chunk, ...rest) => write.call(res, String(chunk).toUpperCase(), ...rest);
  res.end = (...rest) => {
    if (!res.headersSent) setHeader.call(res, 'X-Ended', 'yes');
    return end.apply(res, rest);
  };
  next();
};
