import { DomainError } from "@/lib/errors";

/** What the database refuses by itself (prisma/migrations, `errcode`), of what a verb may run into with its checks done: somebody was faster. */
const kinds = { BT008: "on-hold" } as const;

/** The failure of a transaction: of a trigger's refusal the DomainError that it means, of anything else the error as it came. */
export function refusal(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "DomainError") return error;
  const told = `${error.message} ${JSON.stringify(error)}`;
  for (const [code, kind] of Object.entries(kinds)) {
    if (new RegExp(`\\b${code}\\b`).test(told)) return Object.assign(new DomainError(kind), { cause: error });
  }
  return error;
}
