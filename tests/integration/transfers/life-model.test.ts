import fc from "fast-check";
import { test } from "vitest";
import { figure, seed, times } from "../../support/figures";
import { addMember, makeWorld } from "../../support/world";
import { caseLife } from "./case-life";
import { documentLife } from "./document-life";
import { type Life, live, type Tally } from "./life";

// Scorecard, row 11: the life of a transfer of cases and of one of documents, beside models that know no database.
const lives = times("BATON_LIVES", 16);
const commandsOfALife = 30;
const world = await makeWorld();
const purger = await addMember(world, world.riverbend, "purger", ["manageDocuments", "purge"]);

/** Half of the lives, each of commands drawn at random. */
const all = <Model>(life: Life<Model>, tally: Tally) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(life.commands)), {
        minLength: commandsOfALife,
        maxLength: commandsOfALife,
      }),
      (names) => live(life, names, tally),
    ),
    { numRuns: lives / 2, seed },
  );

test(`${lives} transfers, ${commandsOfALife} commands each, live as the models say`, {
  timeout: 1_800_000,
}, async () => {
  const tally = { commands: 0, divergences: 0 };
  try {
    // Both at once: cases and documents of two districts don't meet.
    await Promise.all([all(caseLife(world), tally), all(documentLife(world, purger), tally)]);
  } finally {
    figure(11, { divergences: tally.divergences }, { lives, commands: tally.commands }, seed);
  }
});
