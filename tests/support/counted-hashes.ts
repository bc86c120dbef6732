import { vi } from "vitest";

// Hashes of passwords as they are, but cheap, and counted: tests/unit/password holds what a real one costs. Here and once for all, because a
// worker loads the program once for all of its files: a file's own mock would come too late.
const cheap = { memoryCost: 256, timeCost: 1, parallelism: 1 };
const counted = globalThis as { argon2?: Promise<typeof import("@node-rs/argon2")> };
vi.mock("@node-rs/argon2", (original) => {
  counted.argon2 ??= original<typeof import("@node-rs/argon2")>().then((real) => ({
    ...real,
    hash: (password) => real.hash(password, cheap),
    verify: vi.fn(real.verify),
  }));
  return counted.argon2;
});
