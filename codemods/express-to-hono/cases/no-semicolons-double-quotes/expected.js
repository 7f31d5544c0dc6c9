const { Hono } = require("hono")
const { serve } = require("@hono/node-server")
const {
	charset,
	contentLength,
	errorPage,
	etag,
	expressRouting,
	notFound,
	poweredBy,
} = require("./express-parity")

const app = new Hono(expressRouting())
app.use(poweredBy(), etag(), contentLength(), charset())
app.notFound(notFound)
app.onError(errorPage)

app.get("/a", (c) => {
	c.status(201)
	c.header("X-A", "1")
	return c.json({ a: 1 })
})

serve({ fetch: app.fetch, port: 3000 })
