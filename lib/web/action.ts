import { randomBytes } from "node:crypto";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { z } from "zod";
import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { ActionState } from "@/lib/web/action-state";
import { currentSession } from "@/lib/web/auth";
import { findPlace, type Needs, type Place } from "@/lib/web/guard";
import { sentenceFor, sentenceForReference } from "@/lib/web/messages";

/** What the work behind an action answers: where to go, or what to show in place. Paths begin with "/" and name nobody. */
export type ActionResult = { redirect: string } | { message?: string; data?: unknown } | undefined;

type Work<Input> = (place: Place, input: Input) => Promise<ActionResult>;

/**
 * A server action inside a district: Origin, session, membership, permission, parse, work, error → sentence, in this order.
 * Bind the district's slug at the form: `action={xAction.bind(null, district.slug)}`.
 */
export function districtAction<S extends z.ZodType>(options: { needs: Needs; schema: S }, work: Work<z.output<S>>) {
  return async (slug: string, _before: ActionState, form: FormData): Promise<ActionState> => {
    const enter = async (): Promise<Entered<Place>> => {
      const place = await findPlace(String(slug), options.needs);
      if (place) return { place };
      // The form keeps what was typed in the browser; signing in comes back to it.
      return (await currentSession())
        ? "not-there"
        : { redirect: `/sign-in?to=${encodeURIComponent(await cameFrom())}` };
    };
    return answered(form, options.schema, enter, work);
  };
}

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

async function answered<S extends z.ZodType, P>(
  form: FormData,
  schema: S,
  enter: () => Promise<Entered<P>>,
  work: (place: P, input: z.output<S>) => Promise<ActionResult>,
): Promise<ActionState> {
  const raw = entriesOf(form instanceof FormData ? form : new FormData());
  const values = typedValues(raw);
  let result: ActionResult | "not-there";
  try {
    if (!(await sameOrigin()))
      return problem("This request didn’t come from a page of Baton. Open the page again and repeat it.", values);
    const entered = await enter();
    if (typeof entered === "object" && "place" in entered) {
      const parsed = schema.safeParse(raw);
      if (!parsed.success) {
        const fields: Record<string, string> = {};
        for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? "")] ??= issue.message;
        return { status: "problem", summary: Object.values(fields)[0] ?? "Check what you typed.", fields, values };
      }
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

/** FormData as an object: a name that stands once is a string (or a file), one that stands several times a list; no name is special. */
function entriesOf(form: FormData): Record<string, unknown> {
  const entries: Record<string, unknown> = Object.create(null);
  for (const name of new Set(form.keys())) {
    // What a form posted goes back to it in a plain object, where this name would be the prototype.
    if (name.startsWith("$ACTION") || name === "__proto__") continue;
    const all = form.getAll(name);
    entries[name] = all.length === 1 ? all[0] : all;
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
  const list = await headers();
  const origin = list.get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  return new URL(origin).origin === new URL(env().APP_URL).origin || new URL(origin).host === list.get("host");
}

async function cameFrom(): Promise<string> {
  const referer = (await headers()).get("referer");
  if (!referer || !URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return pathname + search;
}
