#!/usr/bin/env node
/* eslint-env mocha */
import assert from "node:assert";
import { describe, it as test } from "mocha";

describe("one", () => {
  test.only("only this", () => assert.ok(true));
  test("not this", () => assert.fail());
});
