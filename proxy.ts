import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "@/lib/env";
import { addressIn } from "@/lib/web/caller-address";
import { secondsToWait, tooManyRequests } from "@/lib/web/rate-limit";
import { securityPolicy } from "@/lib/web/security-policy";
import { cookieName, tokenIn } from "@/lib/web/session-cookie";

/**
 * Counts requests; gives each page its own address, so that signing in leads back to it (a mail's link would end on the list
 * otherwise), and a Content Security Policy whose nonce Next puts on its script. Decides nothing about who may do what; the guards do.
 * Uploads and downloads (/api) stay out of it: a body that passes through here is cut at 10 MB.
 */
export async function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  if (request.method === "TRACE" || !isReadable(pathname) || !isReadable(search))
    return new Response(null, { status: 400 });
  const { APP_URL, PROXY_HOPS, REQUESTS_PER_MINUTE } = env();
  const wait = secondsToWait(
    {
      address: addressIn(request.headers, PROXY_HOPS),
      person: await tokenIn(request.cookies.get(cookieName())?.value),
      district: /^\/d\/([^/]+)/.exec(pathname)?.[1] ?? null,
    },
    REQUESTS_PER_MINUTE,
  );
  if (wait > 0) return tooManyRequests(wait);
  const policy = securityPolicy(randomBytes(16).toString("base64"), {
    development: isDevelopment(),
    mailbox: pathname.startsWith("/mailbox"),
  });
  const headers = new Headers(request.headers);
  headers.set("x-baton-path", pathname + search);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Two years; only where it's served by https, and not for a machine's other servers on localhost.
  if (APP_URL.startsWith("https://")) response.headers.set("strict-transport-security", "max-age=63072000");
  return response;
}

/** Whether an address can be one of ours: percent signs that stand for UTF-8, and no NUL, which PostgreSQL takes in no text. */
function isReadable(text: string): boolean {
  try {
    return !decodeURIComponent(text.replaceAll("+", " ")).includes("\0");
  } catch {
    return false;
  }
}

export const config = { matcher: "/((?!api/|_next/static/|icons?\\.|favicon).*)" };
