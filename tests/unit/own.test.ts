import { expect, test } from "vitest";
import { own } from "@/lib/web/own";

test("gives what stands in a table under a word, and nothing that every object has", () => {
  const table = { added: "Added." };
  expect(own(table, "added")).toBe("Added.");
  for (const word of ["removed", "__proto__", "constructor", "toString", "", null, undefined])
    expect(own(table, word)).toBeUndefined();
});
