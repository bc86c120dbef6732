const LONGEST = 200;
const EXTENSION = /\.([\p{L}\p{N}]{1,10})$/u;

/** Device names of Windows, which it takes for the device whatever the extension ("CON.pdf"). */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)/i;

/**
 * A name under which a file can be shown and saved anywhere: Unicode kept (NFC), at most 200 characters with the
 * extension kept; without control characters, line separators, bidirectional overrides (which make "gpj.exe" read
 * "exe.jpg"), without separators of paths and what Windows forbids, no device name, no dot or space at either end.
 * "file" if nothing is left. (OWASP ASVS 5.0, 5.4.)
 */
export function safeFileName(name: string): string {
  const cleaned = name
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\uFEFF\uFFF9-\uFFFB]/gu, "")
    .replace(/[/\\:*?"<>|]+/g, "-")
    .replace(/^[\s.]+|[\s.]+$/gu, "");
  if (cleaned === "") return "file";
  const extension = extensionOf(cleaned);
  const kept = extension === "" ? "" : `.${extension}`;
  const stem = (RESERVED.test(cleaned) ? "_" : "") + cleaned.slice(0, cleaned.length - kept.length);
  const short = Array.from(stem).slice(0, LONGEST - kept.length);
  return short.join("").trimEnd() + kept;
}

/** The extension of a safe file name, as it is written, without the dot; "" if it has none. */
export function extensionOf(safeName: string): string {
  return EXTENSION.exec(safeName)?.[1] ?? "";
}
