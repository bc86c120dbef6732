import { type NextRequest, NextResponse } from "next/server";

/**
 * Tells a page its own address, so that signing in leads back to it: a mail's link would end on the list otherwise. Decides nothing;
 * the guards do. Uploads and downloads (/api) stay out of it: a body that passes through here is cut at 10 MB.
 */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set("x-baton-path", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: "/d/:path*" };
