/** A code as it's shown, in groups of four. What isn't letters and digits in groups stays as it was typed. */
export function groupCode(typed: string): string {
  const symbols = typed.replaceAll(/[\s\-‐‑–—]/g, "").toUpperCase();
  if (!/^[A-Z0-9]{5,16}$/.test(symbols)) return typed;
  return (symbols.match(/.{1,4}/g) ?? []).join("-");
}
