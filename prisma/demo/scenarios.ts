import type { Scenario } from "./scenario";
import { attendanceScenarios } from "./scenarios-attendance";
import { behaviorScenarios } from "./scenarios-behavior";
import { supportScenarios } from "./scenarios-support";
import { threatScenarios } from "./scenarios-threat";

/** What happens in schools, told as a team would write it down: what was seen, what was agreed, who does it until when. */
export const scenarios: readonly Scenario[] = [
  ...behaviorScenarios,
  ...threatScenarios,
  ...supportScenarios,
  ...attendanceScenarios,
];

/** What is noted about a case that has become quiet. */
export const looks = [
  "Monthly look: nothing new. The plan stays as it is; $name knows whom to ask.",
  "Short talk with $name in the hallway, {on the way to lunch|before the bell}. Doing well, said so without being asked.",
  "Called $guardian: quiet at home, too. We agreed to talk again {after the break|next month}.",
  "Teachers were asked for a line each: {all five|four of five} report no concern.",
  "Looked at the plan with $lead. One strategy has become a habit and needs no reminder any more.",
] as const;

export const guardians = [
  "mother",
  "father",
  "mother",
  "grandmother",
  "stepfather",
  "aunt",
  "father",
  "foster mother",
  "grandfather",
  "older sister",
] as const;
export const teachers = [
  "Ms. Hadley",
  "Mr. Quintero",
  "Ms. Beaumont",
  "Mr. Achterberg",
  "Ms. Lindahl",
  "Mr. Pereira",
  "Ms. Okonkwo",
  "Mr. Stavros",
  "Ms. Tanaka",
  "Mr. Holloway",
  "Ms. Ruiz",
  "Mr. Brandt",
] as const;
