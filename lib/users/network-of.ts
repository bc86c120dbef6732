/** What an address is counted as: of IPv6 its network of 64 bits, which one customer has to themselves. */
export function networkOf(ip: string): string {
  const bracketed = `http://[${ip.replace(/%.*$/, "")}]`;
  if (!ip.includes(":") || !URL.canParse(bracketed)) return ip;
  const [head = "", tail] = new URL(bracketed).hostname.slice(1, -1).split("::");
  const groups = (text: string) => text.split(":").filter(Boolean);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - groups(head).length - after.length }, () => "0");
  return `${[...groups(head), ...zeros, ...after].slice(0, 4).join(":")}::/64`;
}
