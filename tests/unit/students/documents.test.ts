import { expect, test } from "vitest";
import { categoryWords, guessType, typeNames, typeOptions } from "@/components/students/student-words";
import { fileNameOf, titleOf } from "@/lib/documents/document-title";
import { documentTypeNames, documentTypes } from "@/lib/documents/document-types";

test("the views call the types as the domain does, in its order", () => {
  expect(typeNames).toEqual(documentTypeNames);
  expect(typeOptions.map((one) => one.value)).toEqual(documentTypes);
});

test.each([
  ["IEP_2026-27.pdf", "IEP 2026-27"],
  ["scan.final.v2.docx", "scan.final.v2"],
  ["../../etc/passwd.txt", "-..-etc-passwd"],
  [".pdf", "pdf"],
  ["", "file"],
])("%j is titled %j", (name, title) => {
  expect(titleOf(name)).toBe(title);
});

test.each([
  ["IEP 2026–27", "application/pdf", "IEP 2026–27.pdf"],
  ["Photo.JPEG", "image/jpeg", "Photo.JPEG"],
  ["Notes: 9/24", "text/plain", "Notes- 9-24.txt"],
  ["v1.5", "application/pdf", "v1.5.pdf"],
])("%j is saved as it's titled, with its type's extension", (title, type, name) => {
  expect(fileNameOf(title, type)).toBe(name);
});

test.each([
  ["IEP 2026", "iep"],
  ["recipes", "other"],
  ["504 plan", "plan504"],
  ["Functional behavior assessment", "fba"],
  ["Psychoeducational evaluation", "evaluation"],
  ["Q1 progress report", "progress"],
])("a file named %j is probably %s", (name, type) => {
  expect(guessType(name)).toBe(type);
});

test("a disclosure names the types in words", () => {
  expect(categoryWords("Documents: evaluation (2), iep, plan504")).toBe("Documents: Evaluation (2), IEP, 504 plan");
  expect(categoryWords("Behavioral case with attachments")).toBe("Behavioral case with attachments");
});
