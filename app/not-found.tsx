import type { Metadata } from "next";
import { Mark } from "@/components/frame/brand";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

export const metadata: Metadata = { title: "Not found" };

/** One answer for what isn't there and what isn't theirs. "/" leads whoever is signed in to their district, or to the choice of several. */
export default function NotFound() {
  return (
    <>
      <header className="bar">
        <div className="wrap bar-in">
          <Link className="brand" href="/">
            <Mark />
            Baton
          </Link>
        </div>
      </header>
      <main id="main" className="wrap narrow lone">
        <h1>There’s nothing here for you</h1>
        <p>
          Either this page isn’t there any more, or it belongs to a district or a permission that you don’t have. Check
          the address, or start again from your own pages.
        </p>
        <LinkButton variant="go" href="/">
          Go to your pages
        </LinkButton>
      </main>
    </>
  );
}
