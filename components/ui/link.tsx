import NextLink from "next/link";
import type { ComponentProps } from "react";

export type LinkProps = Omit<ComponentProps<typeof NextLink>, "href" | "prefetch"> & { href: string };

/**
 * A link inside Baton. Never fetched ahead: reading a case leaves a row in the audit log, and a row must mean that somebody opened it.
 */
export function Link(props: LinkProps) {
  return <NextLink prefetch={false} {...props} />;
}
