import type { DispatchCase } from "@/lib/transfers/get-dispatch";

type District = { id: string; name: string };
type Waiting = DispatchCase["waiting"][number];

/** What becomes of a case, with the districts that are ticked. */
export type Fate =
  /** To all of them. Before any is ticked: it could. */
  | { kind: "goes"; waiting: Waiting[] }
  /** To some. */
  | { kind: "partly"; waiting: Waiting[] }
  /** To none: it waits in a transfer to each already. */
  | { kind: "stays"; waiting: Waiting[] };

/** A case stays out of a transfer to a district where it waits in another one already. */
export function fateOf(one: DispatchCase, chosen: readonly District[]): Fate {
  if (chosen.length === 0) return { kind: "goes", waiting: one.waiting };
  const waiting = one.waiting.filter((other) => chosen.some((district) => district.id === other.districtId));
  const kind = waiting.length === 0 ? "goes" : waiting.length < chosen.length ? "partly" : "stays";
  return { kind, waiting };
}

/** The cases that go to at least one of the ticked districts. */
export function travelling(cases: readonly DispatchCase[], chosen: readonly District[]): DispatchCase[] {
  return cases.filter((one) => fateOf(one, chosen).kind !== "stays");
}
