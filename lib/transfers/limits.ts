/** What one dispatch may hold (product.md, section 1). */
export const mostCases = 500;
export const mostBytes = 2 * 1024 ** 3;
export const mostDistricts = 20;
/** Packages up to this many bytes are sealed while the sender waits; larger ones by the worker. */
export const sealAtOnceBytes = 128 * 1024 ** 2;
