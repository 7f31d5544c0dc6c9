const express = require("express")

const app = express()

app.get("/a", (req, res) => {
	res.status(201)
	res.set("X-A", "1").json({ a: 1 })
})

app.listen(3000)
