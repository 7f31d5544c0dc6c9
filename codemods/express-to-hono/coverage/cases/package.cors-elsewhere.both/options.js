exports.cors = { origin: ['https://a.example', /\.b\.example$/], credentials: true, methods: 'GET,PUT' };
exports.limit = { windowMs: 60_000, limit: 2, standardHeaders: 'draft-6', legacyHeaders: false };
exports.pages = { customSiteTitle: 'Things', swaggerOptions: { docExpansion: 'none' } };
const own = { windowMs: 60_000, limit: 1 };
// It is given one more, which asks for what is only Express's.
own.keyGenerator = (req) => `${req.route.path} ${Object.keys(req).length > 0}`;
exports.own = own;
