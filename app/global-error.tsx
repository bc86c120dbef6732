"use client";

import "./globals.css";

/** Stands in for the whole page when not even its frame could be made. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en-US">
      <head>
        <title>Problem · Baton</title>
      </head>
      <body>
        <main id="main" className="wrap narrow lone">
          <h1>Baton couldn’t show this page</h1>
          <p>
            Something went wrong on our side, and nothing was changed. Load the page again; if it stays, tell your
            district admin.
          </p>
          {error.digest && (
            <p className="small dim">
              Reference <span className="id">{error.digest}</span>
            </p>
          )}
          <p>
            <a className="btn btn-go" href="/">
              Go to your pages
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
