import { randomBytes } from "node:crypto";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { z } from "zod";
import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { ActionState } from "@/lib/web/action-state";
import { askFactor } from "@/lib/web/fresh-factor";
import { type Admits, findPlace, type Needs, type Place, wayIn } from "@/lib/web/guard";
import { sentenceFor, sentenceForReference } from "@/lib/web/messages";

/** What the work behind an action answers: where to go, or what to show in place. Paths begin with "/" and name nobody. */
export type ActionResult = { redirect: string } | { message?: string; data?: unknown } | undefined;

type Work<Input> = (place: Place, input: Input) => Promise<ActionResult>;

/**
 * A server action inside a district: Origin, session, membership, permission, parse, fresh factor, work, error → sentence, in this order.
 * With `fresh`, who showed their second factor (the password of who has none) too long ago is asked for it in the form, which keeps what
 * was typed: for purging, exporting, administering users. The form has to be an ActionForm. Bind the district's slug at the form: `action={xAction.bind(null, district.slug)}`.
 */
export function districtAction<S extends z.ZodType>(
  options: { needs: Needs; schema: S; fresh?: boolean } & Admits,
  work: Work<z.output<S>>,
) {
  return async (slug: string, _before: ActionState, form: FormData): Promise<ActionState> => {
    const enter = async (): Promise<Entered<Place>> => {
      const place = await findPlace(slugOf(slug), options.needs, options);
      if (place) return { place };
      // The form keeps what was typed in the browser; signing in comes back to it.
      const way = await wayIn(slugOf(slug), await cameFrom());
      return way === null ? "not-there" : { redirect: way };
    };
    return answered(form, options.schema, enter, work, options.fresh ? askFactorAt : undefined);
  };
}

/** What stands for the district in a call that anybody may make up: no district has an empty one. */
const slugOf = (slug: unknown): string => (typeof slug === "string" ? slug : "");

/** A server action before anybody is signed in. */
export function publicAction<S extends z.ZodType>(
  options: { schema: S },
  work: (input: z.output<S>) => Promise<ActionResult>,
) {
  return (_before: ActionState, form: FormData): Promise<ActionState> =>
    answered(
      form,
      options.schema,
      () => Promise.resolve({ place: null }),
      (_place, input) => work(input),
    );
}

/** Where the request stands, or what to answer to who may not enter. */
type Entered<P> = { place: P } | { redirect: string } | "not-there";

type Typed = Record<string, string | string[]>;

const askFactorAt = (place: Place, raw: Record<string, unknown>, values: Typed) =>
  askFactor(place.session, raw, values);

async function answered<S extends z.ZodType, P>(
  form: FormData,
  schema: S,
  enter: () => Promise<Entered<P>>,
  work: (place: P, input: z.output<S>) => Promise<ActionResult>,
  ask?: (place: P, raw: Record<string, unknown>, values: Typed) => Promise<ActionState | null>,
): Promise<ActionState> {
  if (!(await sameOrigin()))
    return problem("This request didn’t come from a page of Baton. Open the page again and repeat it.", {});
  const raw = entriesOf(form);
  if (!raw) return problem("That’s more than a form of Baton’s has. Open the page again and repeat it.", {});
  const values = typedValues(raw);
  let result: ActionResult | "not-there";
  try {
    const entered = await enter();
    if (typeof entered === "object" && "place" in entered) {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) {
        const fields: Record<string, string> = {};
        for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? "")] ??= issue.message;
        return { status: "problem", summary: Object.values(fields)[0] ?? "Check what you typed.", fields, values };
      }
      const asked = await ask?.(entered.place, raw, values);
      if (asked) return asked;
      result = await work(entered.place, parsed.data);
    } else result = entered;
  } catch (error) {
    return failed(error, values);
  }
  if (result === "not-there") notFound();
  if (result && "redirect" in result) redirect(result.redirect);
  return { status: "done", ...result };
}

function failed(error: unknown, values: Record<string, string | string[]>): ActionState {
  if (error instanceof DomainError) {
    const { text, field } = sentenceFor(error);
    return {
      status: "problem",
      summary: text,
      fields: field ? { [field]: text } : {},
      values,
      data: { kind: error.kind, ...(error.data as object) },
    };
  }
  return problem(sentenceForReference(logged(error)), values);
}

/** Logs the unexpected with a short reference, which it returns. Names and texts of records stay out: only the error's kind goes in. */
export function logged(error: unknown): string {
  const reference = randomBytes(4).toString("hex").toUpperCase();
  const stack =
    error instanceof Error
      ? error.stack
          ?.split("\n")
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 8)
      : undefined;
  const code = error && typeof error === "object" && "code" in error ? String(error.code) : undefined;
  log.error({ reference, kind: error instanceof Error ? error.name : typeof error, code, stack }, "unexpected");
  return reference;
}

const problem = (summary: string, values: Record<string, string | string[]>): ActionState => ({
  status: "problem",
  summary,
  fields: {},
  values,
});

/** No form of ours has more: five hundred ticked cases and what stands around them. */
const mostEntries = 2_500;

/**
 * FormData as an object: a name that stands once is a string (or a file), one that stands several times a list; no name is special.
 * Null for what can't be a form of ours. Read in one pass: asked for name by name, some thousand fields take a second.
 */
function entriesOf(form: unknown): Record<string, unknown> | null {
  const entries: Record<string, unknown> = Object.create(null);
  if (!(form instanceof FormData)) return entries;
  let count = 0;
  for (const [name, value] of form) {
    if (++count > mostEntries) return null;
    // What a form posted goes back to it in a plain object, where this name would be the prototype.
    if (name.startsWith("$ACTION") || name === "__proto__") continue;
    const before = entries[name];
    entries[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return entries;
}

function typedValues(raw: Record<string, unknown>): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (/password|code/i.test(name) && name !== "code") continue;
    if (typeof value === "string") values[name] = value;
    else if (Array.isArray(value)) values[name] = value.filter((one) => typeof one === "string");
  }
  return values;
}

/** Whether a mutation comes from a page of ours: browsers send Origin with every POST; without one it's nobody's form. */
export async function sameOrigin(): Promise<boolean> {
  const origin = (await headers()).get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  const own = new URL(env().APP_URL);
  // One's own machine goes by both names; to compare with the Host header would be to believe the caller.
  return (
    new URL(origin).origin === own.origin || (own.hostname === "localhost" && origin === `http://127.0.0.1:${own.port}`)
  );
}

async function cameFrom(): Promise<string> {
  const referer = (await headers()).get("referer");
  if (!referer || !URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return pathname + search;
}
