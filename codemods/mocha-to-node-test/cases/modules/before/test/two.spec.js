import "mocha"

const it = (title) => title
specify("two", () => it("none of Mocha's"))
