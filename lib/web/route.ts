import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { logged, sameOrigin } from "@/lib/web/action";
import { confirmPath, findPlace, type Needs, type Place } from "@/lib/web/guard";
import { sentenceFor, sentenceForReference } from "@/lib/web/messages";
import { secondsToWait, tooManyRequests } from "@/lib/web/rate-limit";

type Given<P extends string> = { params: Promise<Record<P | "district", string>> };

/**
 * A route handler inside a district (uploads, downloads, lookups): Origin for everything but GET, then session, membership, permission.
 * Whatever isn't allowed or isn't there is the same bare 404.
 */
export function districtRoute<P extends string = never>(
  options: { needs: Needs; fresh?: boolean },
  handle: (place: Place, request: Request, params: Record<P | "district", string>) => Promise<Response>,
) {
  return async function route(request: Request, given: Given<P>): Promise<Response> {
    // PostgreSQL takes no NUL in a text.
    if (/%00/.test(request.url)) return plain(404, "Not there.");
    const params = await given.params;
    if (request.method !== "GET" && !(await sameOrigin()))
      return plain(403, "This request didn’t come from a page of Baton.");
    const place = await findPlace(params.district, options.needs);
    if (!place) return plain(404, "Not there.");
    // Back to the page with the link or form: the browser shows no page for a download that could ask.
    if (options.fresh && !place.session.fresh)
      return request.method === "GET"
        ? new Response(null, {
            status: 303,
            headers: { location: confirmPath(place.district.slug, refererPath(request)), "cache-control": "no-store" },
          })
        : plain(403, "Confirm that it’s you first: load the page again.");
    // Pages are counted by proxy.ts, which these don't pass through.
    const wait = secondsToWait(
      { address: place.actor.ip, person: place.actor.userId, district: place.district.slug },
      env().REQUESTS_PER_MINUTE,
    );
    if (wait > 0) return tooManyRequests(wait);
    try {
      return await handle(place, request, params);
    } catch (error) {
      if (error instanceof DomainError) {
        const status = error.kind === "not-there" || error.kind === "forbidden" ? 404 : 422;
        return plain(status, status === 404 ? "Not there." : sentenceFor(error).text);
      }
      return plain(500, sentenceForReference(logged(error)));
    }
  };
}

function refererPath(request: Request): string {
  const referer = request.headers.get("referer");
  if (!referer || !URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return pathname + search;
}

const plain = (status: number, text: string) =>
  new Response(text, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
