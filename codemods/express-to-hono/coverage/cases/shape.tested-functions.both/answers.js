exports.deny = (res, why) => res.status(401).json({ denied: why });
