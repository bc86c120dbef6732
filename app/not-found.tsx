import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
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
  );
}
