import { Prisma } from "@/lib/db/generated/client";

/** Pieces of parameterized SQL to put a query together from: values stay parameters, no text is ever pasted in. */
export const { sql, join } = Prisma;
