"use client";

import { LinkButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { PrintButton } from "@/components/ui/print-button";

/** Recovery codes, shown this once, with what to do with them. */
export function RecoveryCodes({ codes, email, onHref }: { codes: readonly string[]; email: string; onHref: string }) {
  const text = `Recovery codes for Baton, ${email}\nEach opens once, in place of the code from your app.\n\n${codes.join("\n")}\n`;
  return (
    <section aria-labelledby="recovery-h" className="stack">
      <h2 id="recovery-h">Your recovery codes</h2>
      <p>
        With one of these you sign in when your phone isn’t there. Each works once. They are shown only now: print or
        save them, and keep them where you keep keys.
      </p>
      <p className="print-only">Baton, {email}</p>
      <ul className="recovery">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="btns">
        <CopyButton text={codes.join("\n")}>Copy</CopyButton>
        <PrintButton>Print</PrintButton>
        {/* Works without script as well: the file is in the link. */}
        <a
          className="btn"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="baton-recovery-codes.txt"
        >
          <Icon name="download" />
          Download
        </a>
      </div>
      <p className="btns">
        <LinkButton variant="go" href={onHref}>
          I have saved them
        </LinkButton>
      </p>
    </section>
  );
}
