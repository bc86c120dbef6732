import { expect } from "vitest";

/** A verb of one side: what is called, and what the model answers and becomes by it. */
export type Command<Model> = { call: (model: Model) => Promise<unknown>; answer: (model: Model) => string };

/** A kind of transfer's life: what may be done with it, what the database holds of it, and what it should hold. */
export type Life<Model> = {
  commands: Record<string, Command<Model>>;
  begin: () => Promise<Model>;
  facts: (model: Model) => Promise<object>;
  wanted: (model: Model) => object;
};

/** How many commands were tried in all lives, and after how many of them transfer and model differed. */
export type Tally = { commands: number; divergences: number };

/** What a call answered: what it gave where that says something, the error's kind, or "done". */
async function answerOf(call: Promise<unknown>): Promise<string> {
  try {
    const given = await call;
    return typeof given === "string" || typeof given === "boolean" || given === null ? String(given) : "done";
  } catch (error) {
    if (error instanceof Error && error.name === "DomainError") return (error as Error & { kind: string }).kind;
    throw error;
  }
}

/** A step from these states to that one; who took it before gets the same answer. */
export function step<Status extends string>(
  model: { status: Status; did: Set<string> },
  verb: string,
  from: readonly Status[],
  to: Status,
  otherwise: string,
): string {
  if (from.includes(model.status)) {
    model.status = to;
    model.did.add(verb);
    return "done";
  }
  return model.did.has(verb) ? "done" : otherwise;
}

/** Lets a transfer and its model live on, command by command; they have to answer alike and be alike. */
export async function live<Model>(life: Life<Model>, names: readonly string[], tally: Tally): Promise<void> {
  const model = await life.begin();
  const past: string[] = [];
  for (const name of names) {
    const command = life.commands[name] as Command<Model>;
    past.push(name);
    tally.commands += 1;
    const answer = await answerOf(command.call(model));
    const real = { past, answer, ...(await life.facts(model)) };
    const ideal = { past, answer: command.answer(model), ...life.wanted(model) };
    if (JSON.stringify(real) !== JSON.stringify(ideal)) tally.divergences += 1;
    expect(real).toEqual(ideal);
  }
}
