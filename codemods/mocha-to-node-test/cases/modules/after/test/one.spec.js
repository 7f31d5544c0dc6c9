#!/usr/bin/env node
/* eslint-env mocha */
import { describe, it as test } from "node:test";
import assert from "node:assert";

describe("one", () => {
  test.only("only this", () => assert.ok(true));
  test("not this", () => assert.fail());
});
