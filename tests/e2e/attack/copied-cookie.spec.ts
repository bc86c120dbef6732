import { createHash, randomBytes } from "node:crypto";
import { type APIRequestContext, type APIResponse, expect, request } from "@playwright/test";
import type pg from "pg";
import { figure } from "../../support/figures";
import { test } from "../support/test";
import { actions, call, connectAsOwner, filled, leadsToSignIn, ownOrigin, pages } from "./calls";
import { signedIn } from "./districts";

// Scorecard, row 19: a cookie that somebody copied opens nothing once the session behind it has ended, whatever ended it.
const slug = "riverbend";
let owner: pg.Pool;
test.beforeAll(async () => {
  owner = await connectAsOwner();
});
test.afterAll(() => owner.end());

/** A new member of the district, with a session of their own. */
async function member(): Promise<{ id: string; userId: string; email: string }> {
  const email = `copied-${randomBytes(6).toString("hex")}@${slug}.example`;
  const { rows } = await owner.query<{ id: string; userId: string }>(
    `with u as (insert into app_user (email, name) values ($1, 'Copied Cookie') returning id)
     insert into membership (district_id, user_id, username, name, email, permissions, joined_at) select d.id, u.id, split_part($1, '@', 1), 'Copied Cookie', $1, array['manageCases'], now()
     from u, district d where d.slug = $2 returning id, user_id "userId"`,
    [email, slug],
  );
  return { ...(rows[0] as { id: string; userId: string }), email };
}

const act = (by: APIRequestContext, name: string, path: string, fields: Record<string, string>, args?: unknown[]) => {
  const action = actions.find((one) => one.name.endsWith(` ${name}`));
  if (!action) throw new Error(`no action ${name}`);
  return call(by, action, slug, {
    path: filled(path, slug, fields),
    fields,
    ...(args ? { args: JSON.stringify(args) } : {}),
  });
};

type Someone = Awaited<ReturnType<typeof member>>;
/** How a session ends: by oneself, by an admin, by who has the link of a new password. */
const endings: Record<
  string,
  (who: Someone, own: APIRequestContext, admin: APIRequestContext) => Promise<APIResponse>
> = {
  "sign-out": (_, own) => act(own, "signOutAction", "/d/[district]/cases", {}, []),
  disable: ({ id }, _, admin) =>
    act(admin, "disableUserAction", "/d/[district]/admin/users/[user]/disable", { user: id }),
  reset: async ({ userId }, _, admin) => {
    const token = randomBytes(32).toString("base64url");
    await owner.query(
      "insert into password_reset (user_id, token_hash, expires_at) values ($1, $2, now() + interval '1 hour')",
      [userId, createHash("sha256").update(token).digest()],
    );
    const args = [{ status: "idle" }, "$K1"];
    return act(admin, "resetPasswordAction", "/sign-in", { token, password: "nine brown ladders lean" }, args);
  },
  "permission change": ({ id }, _, admin) =>
    act(admin, "setPermissionsAction", "/d/[district]/admin/users/[user]", {
      user: id,
      preset: "own",
      permissions: "manageDocuments",
    }),
};

for (const [ending, end] of Object.entries(endings))
  test(`after ${ending} a copied cookie is refused at the next request`, async () => {
    const who = await member();
    const own = await signedIn(owner, who.email);
    const admin = await signedIn(owner, `admin@${slug}.example`);
    const storageState = await own.storageState();
    const copied = await request.newContext({ baseURL: ownOrigin(), maxRedirects: 0, storageState });
    expect((await copied.get(`/d/${slug}/cases`)).status(), "the copy works before").toBe(200);
    const answer = await end(who, own, admin);
    expect(answer.status(), await answer.text()).toBeLessThan(400);
    const next = await copied.get(`/d/${slug}/cases`);
    figure(
      19,
      { "refused at the next request": { found: leadsToSignIn(next) ? 1 : 0, of: 1 } },
      { [`after ${ending}`]: 1 },
    );
    expect(leadsToSignIn(next), `${next.status()}`).toBe(true);
    for (const path of pages) expect.soft(leadsToSignIn(await copied.get(filled(path, slug, {}))), path).toBe(true);
  });
