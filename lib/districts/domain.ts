/** A web domain as districts have them: labels of letters, digits and hyphens (RFC 1123), the last of which isn't a number; at most 253 characters. */
export const domainPattern =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
