import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/atkinson-hyperlegible-mono/wght.css";
import "./globals.css";
import "./people.css";
import latin from "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { preload } from "react-dom";

/** Every page is made for who asks for it: none is built ahead or kept. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Baton", template: "%s · Baton" },
  description: "Hands a student’s cases and documents from one school district to another.",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false, date: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#0d2d3a" },
    { media: "(prefers-color-scheme: dark)", color: "#0a1317" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  // The letters of nearly every page: asked for with the page, not only once the style sheet names them.
  preload(latin, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  return (
    <html lang="en-US">
      <body>{children}</body>
    </html>
  );
}
