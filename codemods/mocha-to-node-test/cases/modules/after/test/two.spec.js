import { it as it2 } from "node:test"

const it = (title) => title
it2("two", () => it("none of Mocha's"))
