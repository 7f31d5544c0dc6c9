exports.deny = (res, why) => res.status(401).json({ denied: why });
exports.denyInHono = (c, why) => c.json({ denied: why }, 401);
