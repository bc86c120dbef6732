"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";

export type SessionTimes = {
  /** When the session ends unless something is done, in milliseconds since 1970. */
  idleEndsAt: number;
  /** When it ends whatever is done. */
  absoluteEndsAt: number;
};

const warnBefore = 5 * 60_000;
const isTimes = (value: unknown): value is SessionTimes =>
  typeof value === "object" &&
  value !== null &&
  "idleEndsAt" in value &&
  typeof value.idleEndsAt === "number" &&
  "absoluteEndsAt" in value &&
  typeof value.absoluteEndsAt === "number";

/**
 * Says five minutes before that the session ends, and offers to stay. `url` answers GET with the times as they are (other tabs may have
 * moved them; asking must not move them itself), POST the same after extending, both as JSON `SessionTimes`, and 401 once it has ended.
 * Then the page leaves for `signInHref`, so that no record stays on an unattended screen; a form with a draft finds its text again.
 */
export function SessionEnd({
  idleEndsAt,
  absoluteEndsAt,
  url,
  signInHref,
}: SessionTimes & { url: string; signInHref: string }) {
  const [times, setTimes] = useState<SessionTimes>({ idleEndsAt, absoluteEndsAt });
  const [shown, setShown] = useState(false);
  const [minutes, setMinutes] = useState(5);
  const dialog = useRef<HTMLDialogElement>(null);
  const warned = useRef(false);
  const turns = useRef(0);
  const end = Math.min(times.idleEndsAt, times.absoluteEndsAt);
  const last = times.absoluteEndsAt - times.idleEndsAt < 60_000;

  useEffect(() => setTimes({ idleEndsAt, absoluteEndsAt }), [idleEndsAt, absoluteEndsAt]);

  async function ask(method: "GET" | "POST"): Promise<void> {
    const turn = ++turns.current;
    try {
      const response = await fetch(url, { method, cache: "no-store" });
      if (response.status === 401) return leave();
      const answer: unknown = await response.json();
      // An answer that comes after a later question is out of date.
      if (isTimes(answer) && turn === turns.current) setTimes(answer);
    } catch {
      // No network: the clock goes on with what is known.
    }
  }

  function leave(): void {
    location.assign(
      `${signInHref}${signInHref.includes("?") ? "&" : "?"}to=${encodeURIComponent(location.pathname + location.search)}`,
    );
  }

  const tick = useEffectEvent(() => {
    const left = end - Date.now();
    setMinutes(Math.max(1, Math.ceil(left / 60_000)));
    if (left > warnBefore) {
      warned.current = false;
      setShown(false);
    } else if (left <= 0) {
      leave();
    } else if (!warned.current) {
      warned.current = true;
      setShown(true);
      void ask("GET");
    }
  });

  useEffect(() => {
    const onTick = () => tick();
    const clock = setInterval(onTick, 5_000);
    document.addEventListener("visibilitychange", onTick);
    return () => {
      clearInterval(clock);
      document.removeEventListener("visibilitychange", onTick);
    };
  }, []);

  // A new end is looked at right away.
  useEffect(() => tick(), [end]);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (shown && !element.open) element.showModal();
    if (!shown && element.open) element.close();
  }, [shown]);

  return (
    <dialog
      ref={dialog}
      className="dlg dlg-alert"
      role="alertdialog"
      aria-labelledby="session-end"
      aria-describedby="session-end-why"
      onClose={() => setShown(false)}
    >
      <div className="d-body">
        <h2 id="session-end" className="h-s">
          You will be signed out in {minutes === 1 ? "1 minute" : `${minutes} minutes`}
        </h2>
        <p id="session-end-why">
          {last
            ? "You have been signed in for as long as one session lasts. Save what you are doing, then sign in again."
            : "Nothing was done here for a while. Student records don’t stay open on an unattended screen."}
        </p>
        <p className="sr" role="status">
          {shown ? `${minutes} left` : ""}
        </p>
      </div>
      <div className="d-foot">
        {last ? (
          <button className="btn btn-go" type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        ) : (
          <button className="btn btn-go" type="button" onClick={() => void ask("POST")}>
            Stay signed in
          </button>
        )}
      </div>
    </dialog>
  );
}
