import type { Metadata } from "next";
import { HelpText } from "@/components/account/help-text";
import { Mark } from "@/components/frame/brand";
import { Link } from "@/components/ui/link";
import { FrameFor, waitingIn } from "@/lib/web/frame";
import { findPlace } from "@/lib/web/guard";

export const metadata: Metadata = { title: "Help" };

type Given = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** For everybody; who comes from a district keeps its tabs around it. */
export default async function HelpPage({ searchParams }: Given) {
  const from = (await searchParams).in;
  const place = typeof from === "string" ? await findPlace(from, "member") : null;
  if (place) {
    return (
      <FrameFor place={place} tab={null} waiting={await waitingIn(place)}>
        <HelpText />
      </FrameFor>
    );
  }
  return (
    <>
      <a className="skip" href="#main">
        Skip to main content
      </a>
      <header className="bar">
        <div className="wrap bar-in">
          <Link className="brand" href="/">
            <Mark />
            Baton
          </Link>
          <div className="bar-end">
            <Link className="bar-btn" href="/">
              Back to Baton
            </Link>
          </div>
        </div>
      </header>
      <main id="main" className="wrap" tabIndex={-1}>
        <HelpText />
      </main>
    </>
  );
}
