import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { setEnv } from "@/lib/env";
import { newRecoveryCodes, recoveryHash } from "@/lib/users/recovery-code";
import { newTotpSecret, openTotpSecret, sealTotpSecret, totpAddress, totpStep } from "@/lib/users/totp";
import { testSettings } from "../support/settings";

beforeAll(() => setEnv(testSettings()));
afterAll(() => {
  vi.useRealTimers();
});

describe("the app's code", () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  test.each([
    [1111111111, "050471"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [2000000000, "279037"],
  ])("at %i s is %s", (seconds, code) => {
    vi.useFakeTimers({ toFake: ["Date"], now: seconds * 1000 });
    const step = Math.floor(seconds / 30);
    expect(totpStep(secret, code, null)).toBe(step);
    // Once: neither it nor an older one after it.
    expect(totpStep(secret, code, step - 1)).toBe(step);
    expect(totpStep(secret, code, step)).toBeNull();
    for (const drift of [-30, 30]) {
      vi.setSystemTime((seconds + drift) * 1000);
      expect(totpStep(secret, code, null)).toBe(step);
    }
    for (const drift of [-90, 90]) {
      vi.setSystemTime(Math.max(0, seconds + drift) * 1000);
      expect(totpStep(secret, code, null)).toBeNull();
    }
  });

  test.each(["", "28708", "2870820", "28708a", " 287082", "２８７０８２"])("%j is none", (typed) => {
    expect(totpStep(secret, typed, null)).toBeNull();
  });

  test("has a secret of 160 bits, and an address that names Baton and the person", () => {
    const made = newTotpSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpAddress(made, "ada@there.example")).toBe(
      `otpauth://totp/Baton:ada%40there.example?secret=${made}&issuer=Baton`,
    );
  });

  test("is kept under a key, for its person alone", () => {
    const sealed = sealTotpSecret("ada", secret);
    expect(openTotpSecret("ada", sealed)).toBe(secret);
    expect(() => openTotpSecret("ben", sealed)).toThrow("sealed data");
    expect(Buffer.from(sealed).toString("latin1")).not.toContain(secret);
  });
});

describe("recovery codes", () => {
  test("are ten, different, in groups of four, with no letter that looks like a digit", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  test("are the same however they are typed, and another person's are others", () => {
    const hash = recoveryHash("ada", "01AB-CDEF-GHJK");
    for (const typed of ["01abcdefghjk", " 0iab cdef ghjk ", "OLAB-CDEF-GHJK"])
      expect(recoveryHash("ada", typed)).toEqual(hash);
    expect(recoveryHash("ben", "01AB-CDEF-GHJK")).not.toEqual(hash);
  });

  test.each(["", "01AB", "01AB-CDEF-GHJU", "01AB-CDEF-GHJKM", "01AB-CDEF-GH💥"])("%j is none", (typed) => {
    expect(recoveryHash("ada", typed)).toBeNull();
  });
});
