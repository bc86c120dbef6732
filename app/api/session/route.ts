import { sameOrigin } from "@/lib/web/action";
import { currentSession, lookAtSession } from "@/lib/web/auth";
import { sessionTimes } from "@/lib/web/session-times";

export const dynamic = "force-dynamic";

const answer = (body: object, status = 200) =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });

/** When the caller's session ends, in ms since 1970; asking doesn't make it last longer. 401 when it has ended. */
export async function GET(): Promise<Response> {
  const session = await lookAtSession();
  return session ? answer(sessionTimes(session)) : answer({ ended: true }, 401);
}

/** Stays signed in: the idle time starts again. */
export async function POST(): Promise<Response> {
  if (!(await sameOrigin())) return answer({ ended: false }, 403);
  const session = await currentSession();
  return session ? answer(sessionTimes(session)) : answer({ ended: true }, 401);
}
