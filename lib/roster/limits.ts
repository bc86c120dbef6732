/** In bytes: what may be uploaded. A roster of 200,000 students has some 10 to 20 MB. */
export const largestBundle = 100 * 1000 * 1000;

/** Above this part of the active students leaving, an import is held (product.md, section 4, Roster). */
export const mostLeaving = 0.05;
