function ok(res, data) {
  res.json({ data });
}

const fail = (res, message, status = 400) => res.status(status).json({ message });

module.exports = { ok, fail };
