import { parseArgs } from "node:util";
import type pg from "pg";
import { z } from "zod";
import { withDistrict } from "@/lib/db/tenant";
import { domainPattern } from "@/lib/districts/domain";
import { slugFromName, slugPattern } from "@/lib/districts/slug";
import { states } from "@/lib/districts/states";
import { isTimeZone, timeZones } from "@/lib/districts/time-zones";
import { env } from "@/lib/env";
import { outbox } from "@/lib/outbox";
import { type Actor, presets } from "@/lib/policy";
import { invitationDays, issueInvitation } from "@/lib/users/issue-invitation";
import { usernameFromEmail } from "@/lib/users/username";
import { withConnection } from "../postgres";
import { StartProblem, say } from "../problem";

const usage = `npm run baton -- district create --name "Lakeview ISD" --state TX --nces 4812345 --domain lakeview.example --admin maria@lakeview.example
  [--admin-name "Maria Santangelo"] [--slug lakeview] [--city Lakeview] [--time-zone America/Chicago]`;

const options = z.object({
  name: z
    .string({ error: "--name is missing" })
    .trim()
    .min(1, "--name is empty")
    .max(200, "--name is longer than 200 characters"),
  state: z
    .string({ error: "--state is missing" })
    .trim()
    .toUpperCase()
    .refine((code) => Object.hasOwn(states, code), "--state isn't a state's two-letter code, like TX"),
  nces: z
    .string({ error: "--nces is missing" })
    .trim()
    .regex(/^\d{7}$/, "--nces isn't 7 digits, leading zero included"),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .max(40, "--slug is longer than 40 characters")
    .regex(slugPattern, "--slug may have a–z, 0–9 and single hyphens")
    .optional(),
  domain: z
    .string()
    .trim()
    .toLowerCase()
    .regex(domainPattern, "--domain isn't a web domain, like lakeview.example: no https://, no path, no @")
    .optional(),
  city: z.string().trim().min(1).max(100).optional(),
  "time-zone": z
    .string()
    .refine(isTimeZone, `--time-zone isn't one of: ${Object.keys(timeZones).join(", ")}`)
    .default("America/Chicago"),
  admin: z
    .string({ error: "--admin is missing" })
    .trim()
    .toLowerCase()
    .pipe(z.email("--admin isn't an e-mail address")),
  "admin-name": z.string().trim().min(1, "--admin-name is empty").max(200).optional(),
});

export type NewDistrict = z.output<typeof options>;
export type CreatedDistrict = { slug: string; districtId: string; membershipId: string; invitationAddress: string };

/** `district create …`: makes a district a tenant, with its first admin, who gets an invitation. Throws StartProblem. */
export async function run(args: string[]): Promise<void> {
  const created = await createDistrict(readOptions(args));
  say(`${created.slug} is on Baton: ${env().APP_URL}/d/${created.slug}`);
  say(
    `The first admin is invited by mail. The address works once, for ${invitationDays} days:\n${created.invitationAddress}`,
  );
  say("Transfers are off. The admin switches them on under Admin ▸ Requests ▸ Case Transfer Requests.");
}

/** The command's options, checked. Throws StartProblem naming all that is missing or wrong. */
export function readOptions(args: string[]): NewDistrict {
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({
      args,
      options: Object.fromEntries(Object.keys(options.shape).map((name) => [name, { type: "string" as const }])),
    }).values;
  } catch (error) {
    throw new StartProblem(`${error instanceof Error ? error.message : "That can't be read."}\n\n${usage}`);
  }
  const parsed = options.safeParse(values);
  if (!parsed.success)
    throw new StartProblem(`${parsed.error.issues.map((issue) => `  ${issue.message}`).join("\n")}\n\n${usage}`);
  return parsed.data;
}

/**
 * Makes the tenant, its settings, and the first admin's membership, in one transaction as the owner; then the invitation. A district of
 * the directory keeps its row. Throws StartProblem when somebody has joined it already or the slug is taken.
 */
export async function createDistrict(input: NewDistrict): Promise<CreatedDistrict> {
  const slug = input.slug ?? slugFromName(input.name);
  if (!slugPattern.test(slug)) throw new StartProblem("The name gives no slug. Choose one with --slug.");
  const { districtId, membershipId } = await withConnection(env().DATABASE_ADMIN_URL, (client) =>
    makeTenant(client, input, slug),
  );
  const actor: Actor = {
    userId: null,
    membershipId: null,
    districtId,
    name: "Baton",
    permissions: new Set(["manageDistrict"]),
    ip: null,
  };
  const token = await withDistrict(actor, async (tx) => {
    await outbox(tx, "notify", {
      event: "invitation",
      districtId,
      membershipId,
      key: `invitation:${membershipId}:${Date.now()}`,
    });
    return (await issueInvitation(tx, actor, membershipId)).token;
  });
  return { slug, districtId, membershipId, invitationAddress: `${env().APP_URL}/invitation/${token}` };
}

async function makeTenant(
  client: pg.Client,
  input: NewDistrict,
  slug: string,
): Promise<{ districtId: string; membershipId: string }> {
  await client.query("begin");
  const taken = await client.query("select nces_id from district where slug = $1", [slug]);
  if (taken.rows[0] && taken.rows[0].nces_id !== input.nces)
    throw new StartProblem(`The slug "${slug}" is another district's. Choose one with --slug.`);
  // A district where nobody has joined yet may be made again: a wrong address is mended so, and a run that was cut off.
  const district = await client.query<{ id: string }>(
    `insert into district as d (nces_id, name, state, city, domain, slug) values ($1, $2, $3, $4, $5, $6)
     on conflict (nces_id) do update set name = excluded.name, state = excluded.state, city = coalesce(excluded.city, d.city),
       domain = coalesce(excluded.domain, d.domain), slug = excluded.slug
     where not exists (select 1 from membership m where m.district_id = d.id and m.joined_at is not null) returning id`,
    [input.nces, input.name, input.state, input.city ?? null, input.domain ?? null, slug],
  );
  const districtId = district.rows[0]?.id;
  if (!districtId)
    throw new StartProblem(
      `The district with the NCES ID ${input.nces} is on Baton already; its admins invite others.`,
    );
  await client.query(
    "insert into district_settings (district_id, time_zone) values ($1, $2) on conflict (district_id) do update set time_zone = excluded.time_zone",
    [districtId, input["time-zone"]],
  );
  await client.query(
    "update membership set disabled_at = now() where district_id = $1 and email <> $2 and disabled_at is null",
    [districtId, input.admin],
  );
  // Who gives no name is called by the address, until they are invited anew or a colleague corrects it.
  const adminName = input["admin-name"] ?? (input.admin.split("@")[0] as string);
  const user = await client.query<{ id: string }>(
    "insert into app_user (email, name) values ($1, $2) on conflict (email) do update set email = excluded.email returning id",
    [input.admin, adminName],
  );
  const username = await client.query<{ username: string }>(
    `select u.username from (select case when i = 1 then $2::text else left($2::text, 60) || i end username, i from generate_series(1, 999) i) u
     where not exists (select 1 from membership m where m.district_id = $1 and m.username = u.username and m.user_id <> $3) order by u.i limit 1`,
    [districtId, usernameFromEmail(input.admin), user.rows[0]?.id],
  );
  const membership = await client.query<{ id: string }>(
    `insert into membership (district_id, user_id, username, name, email, permissions) values ($1, $2, $3, $4, $5, $6)
     on conflict (district_id, user_id) do update set name = excluded.name, permissions = excluded.permissions, disabled_at = null, enabled_at = case when membership.disabled_at is null then membership.enabled_at else now() end returning id`,
    [districtId, user.rows[0]?.id, username.rows[0]?.username, adminName, input.admin, [...presets["District admin"]]],
  );
  await client.query("commit");
  return { districtId, membershipId: membership.rows[0]?.id ?? "" };
}
