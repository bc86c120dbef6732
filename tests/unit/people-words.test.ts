import { describe, expect, test } from "vitest";
import { slugFromName } from "@/lib/districts/slug";
import { deviceOf } from "@/lib/users/list-sessions";
import { presetOf } from "@/lib/users/list-users";
import { demandStrongPassword } from "@/lib/users/password";
import { usernameFromEmail, usernamePattern } from "@/lib/users/username";
import { initialsOf } from "@/lib/web/initials";
import { samePath } from "@/lib/web/same-site";

describe("where sign-in may lead to", () => {
  test.each(["/", "/d/lakeview/cases", "/d/lakeview/cases?q=a%20b&page=2", "/help"])("%j stays", (path) => {
    expect(samePath(path)).toBe(path);
  });

  test.each([
    null,
    "",
    "d/lakeview",
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%0d%0a\u0000",
    "/..//evil.example",
    "/./\\evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
    "/sign-in",
    "/sign-in?to=/x",
    "/api/health/live",
    "/_next/data",
    `/${"x".repeat(3000)}`,
  ])("%j becomes the front door", (path) => {
    expect(samePath(path)).toBe("/");
  });
});

describe("passwords", () => {
  test.each([
    "correct horse battery staple",
    "seven green kettles hum",
    "Überraschung am Morgen!",
    "🦊🦊🐻🐼🐨🦁🐯🐮🐷🐸🐵🐔🐧🐦🐤",
  ])("%j is taken", (password) => {
    expect(() => demandStrongPassword(password, ["ana.ruiz@lakeview.example", "Ana Ruiz"])).not.toThrow();
  });

  test.each([
    ["x7!Kp2#mQ9$vL4", "short"],
    ["", "short"],
    ["aaaaaaaaaaaaaaaaaaaa", "common"],
    ["abababababababababab", "common"],
    ["passwordpassword1!", "common"],
    ["Password123456789!", "common"],
    ["1234567890123456789", "common"],
    ["qwertyuiopasdfghjkl", "common"],
    ["abcdefghijklmnopqrst", "common"],
    ["9876543210 9876543210", "common"],
    ["ana.ruiz@lakeview.example", "common"],
    ["Lakeview Lakeview 2026", "common"],
  ])("%j is refused: %s", (password, reason) => {
    expect(() => demandStrongPassword(password, ["ana.ruiz@lakeview.example", "Ana Ruiz", "Lakeview ISD"])).toThrow(
      expect.objectContaining({ kind: "password-weak", data: { reason } }),
    );
  });
});

test.each([
  ["ana.ruiz@lakeview.example", "ana.ruiz"],
  ["O'Brien+cases@x.example", "o-brien-cases"],
  ["_x@x.example", "x"],
  ["日本@x.example", "user"],
  [`${"a".repeat(80)}@x.example`, "a".repeat(64)],
])("the username that %j suggests", (email, username) => {
  expect(usernameFromEmail(email)).toBe(username);
  expect(usernamePattern.test(username)).toBe(true);
});

test.each([
  ["Renata Kowalczyk", "RK"],
  ["Björk O’Neil-Ñuñez 🦊", "BO"],
  ["Cher", "C"],
  ["بسام الأحمد", "با"],
  ["Maria  de la  Cruz", "MC"],
  ["🦊", "?"],
  ["", "?"],
])("the initials of %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test.each([
  ["Maple Grove Schools", "maple-grove-schools"],
  ["St. Mary’s & Peñasco I.S.D.", "st-marys-penasco-i-s-d"],
  ["--", ""],
])("the slug of %j", (name, slug) => {
  expect(slugFromName(name)).toBe(slug);
});

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Chrome on Windows",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Safari on Mac",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1",
    "Chrome on iPhone",
  ],
  ["Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Chromebook"],
  ["curl/8.0", "Browser on unknown system"],
  [null, "Unknown device"],
])("the device of %j", (agent, device) => {
  expect(deviceOf(agent)).toBe(device);
});

test("a preset is found whatever the order, and only when it's exact", () => {
  expect(presetOf(["manageDistrict", "manageCases", "manageDocuments"])).toBe("District admin");
  expect(presetOf([])).toBe("Staff");
  expect(presetOf(["purge"])).toBeNull();
  expect(presetOf(["manageCases", "purge"])).toBeNull();
});
