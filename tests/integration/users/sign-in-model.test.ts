import { hash } from "@node-rs/argon2";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { DomainError } from "@/lib/errors";
import { enrolFactor, findEnrolment } from "@/lib/users/enrol-factor";
import { finishSignIn } from "@/lib/users/finish-sign-in";
import { issueReset } from "@/lib/users/issue-reset";
import { removeFactor } from "@/lib/users/remove-factor";
import { renewRecoveryCodes } from "@/lib/users/renew-recovery-codes";
import { resetPassword } from "@/lib/users/reset-password";
import { findSession, startSession } from "@/lib/users/session";
import { signIn } from "@/lib/users/sign-in";
import { deviceOf as cookieOf } from "../../support/device-of";
import { figure, seed, times } from "../../support/figures";
import { asOwner, type Member, makeMember, makeTenant } from "../../support/make-tenant";
import { codeOf } from "../../support/second-factor";

// Scorecard, row 20: password × TOTP × recovery × lock-out. `BATON_MODEL_RUNS=500` tries more than 5,000 sign-ins.
const runs = times("BATON_MODEL_RUNS", 20);

const addresses = ["192.0.2.51", "192.0.2.52"];
const words = ["four quiet herons wade", "seven green kettles hum", "nine brown ladders lean"];
/** As cheap as argon2id can be: what is tried here isn't what a guess costs. */
const cheap = (word: string) => hash(word, { memoryCost: 8, timeCost: 1, parallelism: 1 });

/** What ought to be true of the person. */
type Model = {
  /** Which of the words is the password. */
  word: number;
  secret: string | null;
  /** Secrets that were turned off. */
  oldSecrets: string[];
  lastStep: number;
  codes: { code: string; used: boolean }[];
  oldCodes: string[];
  /** Counted tries by what they count for, and when the window began. */
  tries: Map<string, { count: number; since: number }>;
  /** Cookies of browsers that the person signed in with. */
  devices: { cookie: string; nonce: string }[];
  halves: { token: string; address: string; since: number; alive: boolean; name: Name; counted: string[] }[];
};
type Real = { member: Member; model: Model; admitted: number; refused: number };

const minutes = (n: number) => n * 60_000;
const stepNow = () => Math.floor(Date.now() / 30_000);

const wide = (key: string) => key.startsWith("wide ");
/** Counts a try as the limits say; true when it's one too many. */
function count(model: Model, key: string): boolean {
  const [most, window] = wide(key) ? [100, minutes(60)] : [10, minutes(15)];
  const now = Date.now();
  const known = model.tries.get(key);
  const entry = known && now - known.since < window ? known : { count: 0, since: now };
  entry.count += 1;
  model.tries.set(key, entry);
  return entry.count > most;
}

const names = ["email", "username"] as const;
type Name = (typeof names)[number];
const near = (address: string, what: string) => `near ${address} ${what}`;

/** What a stranger's try comes to: looked at, told that it's locked, or not looked at without being told. */
function countStranger(model: Model, address: string, name: Name): "open" | "locked" | "silent" {
  if (count(model, near(address, name))) return "locked";
  const closedNear = count(model, near(address, "account"));
  if (count(model, `wide ${name}`)) return "locked";
  const closedFar = closedNear ? true : count(model, "wide account");
  return closedNear || closedFar ? "silent" : "open";
}

/** The same from a browser that knows the person. */
function countKnown(model: Model, device: string, name: Name): "open" | "locked" | "silent" {
  if (count(model, `device ${device} ${name}`)) return "locked";
  if (count(model, `device ${device}`)) return "silent";
  return count(model, "wide devices") ? "silent" : "open";
}

/** A sign-in succeeded: the narrow counts begin anew, the wide ones get back what it took. */
function forgive(model: Model, keys: readonly string[]): void {
  for (const key of keys) {
    if (!wide(key)) {
      model.tries.delete(key);
      continue;
    }
    const entry = model.tries.get(key);
    if (entry) entry.count = Math.max(0, entry.count - 1);
  }
}

async function outcome<T>(work: Promise<T>): Promise<T | DomainError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
/** Who was let in where the model says no. */
let wrongly = 0;
function kindOf(answer: unknown, wanted: string): string {
  if (answer instanceof DomainError) return answer.kind;
  if (wanted !== "in") wrongly += 1;
  return "in";
}

/** The clock goes on, the app's and the database's. */
async function pass(ms: number): Promise<void> {
  vi.setSystemTime(Date.now() + ms);
  const back = `${ms} milliseconds`;
  await asOwner("update attempt set since = since - $1::interval", [back]);
  await asOwner("update half_session set created_at = created_at - $1::interval", [back]);
}

/** With which of the browsers that the person signed in with; null for one that doesn't know them. */
const deviceOf = (model: Model, known: number | null) =>
  known === null ? null : (model.devices.at(-1 - (known % Math.max(1, model.devices.length))) ?? null);

/** The browser is another one each time. */
async function remember({ model, member }: Real): Promise<void> {
  const cookie = await cookieOf(member.userId);
  model.devices.push({ cookie, nonce: cookie.split(".")[1] ?? "" });
}

async function tryPassword(real: Real, at: number, word: number, name: Name, known: number | null): Promise<void> {
  const { model, member } = real;
  const address = addresses[at] ?? "";
  const device = deviceOf(model, known);
  const counted = device ? countKnown(model, device.nonce, name) : countStranger(model, address, name);
  const answer = await outcome(
    signIn(systemSignIn, {
      identifier: member[name],
      password: words[word] ?? "",
      ip: address,
      agent: null,
      devices: device?.cookie ?? "",
    }),
  );
  const wanted =
    counted === "locked" ? "locked-out" : counted === "open" && word === model.word ? "in" : "wrong-password";
  expect({ name, counted, answer: kindOf(answer, wanted) }).toEqual({ name, counted, answer: wanted });
  if (answer instanceof DomainError) {
    real.refused += 1;
    return;
  }
  // The password alone is a session only for who has no second factor.
  expect("session" in answer).toBe(model.secret === null);
  const keys = device
    ? [`device ${device.nonce} ${name}`, `device ${device.nonce}`, "wide devices"]
    : [near(address, name), near(address, "account"), `wide ${name}`, "wide account"];
  if ("session" in answer) {
    real.admitted += 1;
    forgive(model, keys);
    await remember(real);
    return;
  }
  expect(await systemSignIn((tx) => findSession(tx, answer.half))).toBeNull();
  model.halves.push({
    token: answer.half,
    address,
    since: Date.now(),
    alive: true,
    name,
    counted: keys,
  });
}

/** Strangers try a name from everywhere, a hundred times, as nobody in the test has the time to. */
async function strangers(real: Real, name: Name): Promise<void> {
  const { model, member } = real;
  for (const [key, row] of [
    [`wide ${name}`, `name:${member[name]}`],
    ["wide account", `account:${member.userId}`],
  ] as const) {
    count(model, key);
    const entry = model.tries.get(key);
    if (entry) entry.count = 100;
    await asOwner(
      `insert into attempt as a (key, count, since) values ($1, 100, now()) on conflict (key) do update set
         count = 100, since = case when a.since < now() - interval '60 minutes' then now() else a.since end`,
      [row],
    );
  }
}

/** What is typed at the second step: a code of a step from now, one of an earlier secret, a recovery code by its place, or rubbish. */
type Typed =
  | { what: "code"; steps: number }
  | { what: "old-secret" }
  | { what: "recovery"; at: number }
  | { what: "old-recovery"; at: number }
  | { what: "rubbish"; text: string };

function textOf(model: Model, typed: Typed): string {
  if (typed.what === "code") return model.secret ? codeOf(model.secret, typed.steps) : "000000";
  if (typed.what === "old-secret") return model.oldSecrets[0] ? codeOf(model.oldSecrets[0]) : "000000";
  if (typed.what === "recovery") return model.codes[typed.at]?.code ?? "";
  if (typed.what === "old-recovery") return model.oldCodes[typed.at] ?? "";
  return typed.text;
}

/** Which factor of the model the text is, if any. What was typed by chance (a right guess) counts as what it is. */
function factorOf(model: Model, text: string): { step: number } | { recovery: number } | null {
  if (model.secret === null) return null;
  for (const drift of [-1, 0, 1]) {
    const step = stepNow() + drift;
    if (codeOf(model.secret, drift) === text && step > model.lastStep) return { step };
  }
  const recovery = model.codes.findIndex((one) => !one.used && one.code === text);
  return recovery === -1 ? null : { recovery };
}

async function trySecond(
  real: Real,
  which: number,
  typed: Typed,
  elsewhere: boolean,
  known: number | null,
): Promise<void> {
  const { model } = real;
  const half = model.halves.at(-1 - (which % Math.max(1, model.halves.length)));
  if (!half) return;
  const address = elsewhere ? (addresses.find((one) => one !== half.address) ?? "") : half.address;
  const text = textOf(model, typed);
  const over = !half.alive || Date.now() - half.since >= minutes(10);
  const device = deviceOf(model, known);
  // Past the password it's said whose tries have run out: one key after the other, until one refuses.
  const keys = device
    ? [`device ${device.nonce} ${half.name}`, `device ${device.nonce}`, "wide devices"]
    : [near(address, half.name), near(address, "account"), `wide ${half.name}`, "wide account"];
  const locked = over ? false : keys.some((key) => count(model, key));
  const factor = factorOf(model, text);
  const answer = await outcome(
    finishSignIn(systemSignIn, {
      half: half.token,
      typed: text,
      ip: address,
      agent: null,
      devices: device?.cookie ?? "",
    }),
  );
  const wanted = over ? "sign-in-over" : locked ? "locked-out" : factor ? "in" : "wrong-factor";
  expect({ typed, answer: kindOf(answer, wanted) }).toEqual({ typed, answer: wanted });
  if (answer instanceof DomainError) {
    real.refused += 1;
    return;
  }
  expect(await systemSignIn((tx) => findSession(tx, answer))).toMatchObject({ userId: real.member.userId });
  real.admitted += 1;
  half.alive = false;
  forgive(model, [...half.counted, ...keys]);
  await remember(real);
  if (factor && "step" in factor) model.lastStep = factor.step;
  const used = factor && "recovery" in factor ? model.codes[factor.recovery] : undefined;
  if (used) used.used = true;
}

/** Somebody who has the password guesses at the code, again and again: what the lock-out is for. */
async function hammer(real: Real, times: number, at: number, name: Name, known: number | null): Promise<void> {
  for (let i = 0; i < times; i++) {
    await tryPassword(real, at, real.model.word, name, known);
    await trySecond(real, 0, { what: "rubbish", text: "000000" }, false, known);
  }
}

async function enrol(real: Real): Promise<void> {
  const { model, member } = real;
  const { userId, email } = member;
  const sessionId = await systemSignIn(async (tx) => {
    const token = await startSession(tx, { userId, ip: null, agent: null });
    return (await findSession(tx, token))?.id ?? "";
  });
  const enrolment = await systemSignIn((tx) => findEnrolment(tx, { userId, sessionId, email }));
  expect(enrolment === null).toBe(model.secret !== null);
  if (!enrolment) return;
  const codes = await enrolFactor(systemSignIn, { userId, sessionId, code: codeOf(enrolment.secret), ip: null });
  model.devices = [];
  model.secret = enrolment.secret;
  model.lastStep = stepNow();
  model.codes = codes.map((code) => ({ code, used: false }));
}

async function turnOff(real: Real): Promise<void> {
  const { model, member } = real;
  await removeFactor(systemSignIn, { userId: member.userId, ip: null });
  // They know the account with its second factor.
  if (model.secret !== null) model.devices = [];
  if (model.secret !== null) model.oldSecrets.unshift(model.secret);
  model.oldCodes = model.codes.map((one) => one.code);
  Object.assign(model, { secret: null, codes: [] });
  for (const half of model.halves) half.alive = false;
}

async function renew(real: Real): Promise<void> {
  const { model, member } = real;
  if (model.secret === null) return;
  model.oldCodes = model.codes.map((one) => one.code);
  const codes = await renewRecoveryCodes(systemSignIn, { userId: member.userId, ip: null });
  model.codes = codes.map((code) => ({ code, used: false }));
}

async function newPassword(real: Real): Promise<void> {
  const { model, member } = real;
  const word = (model.word + 1) % words.length;
  const { districtId } = member.actor;
  const token = await systemSignIn((tx) => issueReset(tx, { districtId, membershipId: member.membershipId }));
  await resetPassword(systemSignIn, { token, password: words[word] ?? "", ip: addresses[0] ?? "" });
  // In place of the hash that costs 20 ms a try.
  await asOwner("update app_user set password_hash = $2 where id = $1", [
    member.userId,
    await cheap(words[word] ?? ""),
  ]);
  model.word = word;
  model.devices = [];
  model.tries.delete("wide devices");
  for (const what of [...names, "account"]) {
    model.tries.delete(near(addresses[0] ?? "", what));
    model.tries.delete(`wide ${what}`);
  }
  for (const half of model.halves) half.alive = false;
}

const at = fc.nat({ max: addresses.length - 1 });
const name = fc.constantFrom(...names);
/** More often than not a browser that doesn't know the person. */
const known = fc.option(fc.nat({ max: 2 }), { freq: 1 });
const typed: fc.Arbitrary<Typed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("code" as const), steps: fc.integer({ min: -3, max: 3 }) }) },
  { weight: 1, arbitrary: fc.constant({ what: "old-secret" as const }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("recovery" as const), at: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("old-recovery" as const), at: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("rubbish" as const), text: fc.string({ maxLength: 16 }) }) },
);
const commands = fc.array(
  fc.oneof(
    // The right password more often than not, or nobody ever gets to the second step.
    {
      weight: 6,
      arbitrary: fc.tuple(at, fc.option(fc.nat({ max: words.length - 1 }), { freq: 2 }), name, known).map(
        ([address, other, by, device]) =>
          (real: Real) =>
            tryPassword(real, address, other ?? real.model.word, by, device),
      ),
    },
    {
      weight: 8,
      arbitrary: fc.tuple(fc.nat({ max: 2 }), typed, fc.boolean(), known).map(
        ([which, text, elsewhere, device]) =>
          (real: Real) =>
            trySecond(real, which, text, elsewhere, device),
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.integer({ min: 2, max: 6 }), at, name, known).map(
        ([times, address, by, device]) =>
          (real: Real) =>
            hammer(real, times, address, by, device),
      ),
    },
    { weight: 1, arbitrary: name.map((by) => (real: Real) => strangers(real, by)) },
    { weight: 2, arbitrary: fc.constant(enrol) },
    { weight: 1, arbitrary: fc.constant(turnOff) },
    { weight: 1, arbitrary: fc.constant(renew) },
    { weight: 1, arbitrary: fc.constant(newPassword) },
    { weight: 2, arbitrary: fc.constantFrom(30_000, 60_000, minutes(11), minutes(16)).map((ms) => () => pass(ms)) },
  ),
  { minLength: 8, maxLength: 24 },
);

test(`nobody is wrongly admitted, and nobody wrongly refused, in ${runs} lives of an account`, async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 });
  const total = { admitted: 0, refused: 0 };
  try {
    const tenant = await makeTenant();
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        const member = await makeMember(tenant);
        await asOwner("update app_user set password_hash = $2 where id = $1", [
          member.userId,
          await cheap(words[0] ?? ""),
        ]);
        await asOwner("delete from attempt");
        const model: Model = {
          word: 0,
          secret: null,
          oldSecrets: [],
          lastStep: -1,
          codes: [],
          oldCodes: [],
          tries: new Map(),
          devices: [],
          halves: [],
        };
        const real: Real = { member, model, admitted: 0, refused: 0 };
        await enrol(real);
        for (const command of list) await command(real);
        total.admitted += real.admitted;
        total.refused += real.refused;
      }),
      { numRuns: runs, seed },
    );
  } finally {
    vi.useRealTimers();
    const { admitted, refused } = total;
    figure(20, { tried: admitted + refused, "wrongly admitted": wrongly }, { admitted, refused, lives: runs }, seed);
  }
  // Both answers were asked for, often enough to mean something.
  expect(total.admitted).toBeGreaterThan(runs / 4);
  expect(total.refused).toBeGreaterThan(runs);
}, 600_000);
