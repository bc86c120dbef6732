import { DomainError } from "@/lib/errors";
import { logged, sameOrigin } from "@/lib/web/action";
import { findPlace, type Needs, type Place } from "@/lib/web/guard";
import { sentenceFor, sentenceForReference } from "@/lib/web/messages";

type Given<P extends string> = { params: Promise<Record<P | "district", string>> };

/**
 * A route handler inside a district (uploads, downloads, lookups): Origin for everything but GET, then session, membership, permission.
 * Whatever isn't allowed or isn't there is the same bare 404.
 */
export function districtRoute<P extends string = never>(
  options: { needs: Needs },
  handle: (place: Place, request: Request, params: Record<P | "district", string>) => Promise<Response>,
) {
  return async function route(request: Request, given: Given<P>): Promise<Response> {
    const params = await given.params;
    if (request.method !== "GET" && !(await sameOrigin()))
      return plain(403, "This request didn’t come from a page of Baton.");
    const place = await findPlace(params.district, options.needs);
    if (!place) return plain(404, "Not there.");
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

const plain = (status: number, text: string) =>
  new Response(text, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
