import { expect, test } from "vitest";
import { z } from "zod";
import { id, ids, text, tick } from "@/lib/web/forms";

/** What somebody reads beside the field. */
const sentence = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

const uuids = Array.from({ length: 3 }, (_, n) => `0198c5a0-0000-7000-8000-00000000000${n}`);

test.each([
  ["too many of a list", ids(2), uuids, "Choose at most 2."],
  ["a list where one belongs", z.string(), [], "Check this, then try again."],
  ["too long", z.string().max(1_000), "x".repeat(1_001), "Use at most 1,000 characters."],
  ["too short", z.string().min(1), "", "Type something here."],
  ["too much", z.number().max(90), 91, "Use 90 or less."],
  ["an empty list", z.array(z.string()).min(1), [], "Choose at least one."],
  ["a word that isn't on the list", z.enum(["a", "b"]), "c", "Choose one of the list."],
  ["no object", z.object({ a: tick }), null, "Check this, then try again."],
])("says in words of its own: %s", (_what, schema, value, wanted) => {
  expect(sentence(schema, value)).toBe(wanted);
});

test.each([
  ["of a list", ids(2), ["no"], "Choose from the list."],
  ["of an id", id("Choose the case."), "no", "Choose the case."],
  ["of a text", text(3, "Three letters fit."), "four", "Three letters fit."],
  ["of an enum", z.enum(["a"], "Choose the status."), "c", "Choose the status."],
])("a schema's own sentence wins: %s", (_what, schema, value, wanted) => {
  expect(sentence(schema, value)).toBe(wanted);
});
