exports.callerOf = (req) => req.get('user-agent') || 'nobody';
