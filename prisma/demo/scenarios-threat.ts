import type { Scenario } from "./scenario";

/** What the district's team for threat writes down. */
export const threatScenarios: readonly Scenario[] = [
  {
    team: 1,
    grades: [6, 12],
    levels: ["moderate", "high", "high"],
    notes: [
      "A {student|parent} showed the office a post by $name that reads as a threat against {“everyone in that class”|“the people who laughed”}. No plan, no date, no named person. Team convened within the hour; $guardian called.",
      "Interviewed $name with $guardian present. $name deleted the post before we called, is {ashamed of it|upset about what led to it}, and says it was written after {being filmed in the cafeteria|a fight in a group chat}. No access to weapons at home; $guardian confirms and agreed to a check.",
      "Team finds a transient threat: said in anger, taken back, no steps towards it. Safety plan for two weeks all the same, because others were frightened.",
      "Spoke with the {three|four} students who had seen the post. Two would like to talk with $name; done today with $lead in the room, on their own wish.",
      "End of the two weeks. Bag check stops, morning check-in stays. $name asked to keep {it|the check-in}.",
      "Thirty-day review: no further posts, no contact from other families. Level lowered. We look again at the end of the {semester|grading period}.",
    ],
    strategies: [
      "Morning check-in with $lead",
      "Arrival through the front office for two weeks",
      "Group chat left; counselor knows the new one",
      "Named adult for the cafeteria",
    ],
    tasks: [
      "Thirty-day review",
      "Tell the families who asked that the matter was looked into",
      "Ask law enforcement liaison for the record number",
      "Check with the counselor after two weeks",
    ],
    files: [
      { name: "Threat assessment.pdf", kind: "assessment" },
      { name: "Safety plan.pdf", kind: "plan" },
      { name: "Parent contact log.pdf", kind: "minutes" },
    ],
  },
  {
    team: 1,
    grades: [7, 12],
    levels: ["high", "high", "imminent"],
    notes: [
      "$teacher found a list of names in a notebook of $name, with two dates next to them. $name was brought to the office calmly, belongings kept there. $guardian and the liaison officer came within {thirty|forty} minutes.",
      "Interview. $name says the list is {of people who were never held to account|about a story}; the dates are {the days they were suspended for fighting back|birthdays}. We can’t rule out intent today. Student stays home with $guardian until the team has met; work is sent.",
      "Full team with the liaison and the county’s mobile crisis service. Home visited by {the officer and $lead|the crisis service}: no weapons, $guardian cooperative, phone looked through together.",
      "Finding: substantive, not imminent. Return under a safety plan: arrival with $guardian, front office check, one adult for each block, counseling twice a week outside of school.",
      "Return meeting. $name read the plan aloud and asked for one change: to eat in {the art room|the library} with one friend. Granted.",
      "Counselor, with consent: {attends every session|missed one session, made up the same week}. Sleep is better. The plan continues; the block-by-block check becomes morning and noon.",
      "Sixty-day review with the families of the students who were named; all were asked beforehand whether they want to be. Two came. No new concern.",
    ],
    strategies: [
      "Arrival with a guardian, through the front office",
      "One adult for each block",
      "Lunch in a quiet room with one friend",
      "Outside counseling, twice a week, with release signed",
    ],
    tasks: [
      "Sixty-day review",
      "Renew the release for the outside counselor",
      "Call the crisis service for the closing report",
      "Tell transportation that $name doesn’t ride the bus for now",
    ],
    files: [
      { name: "Threat assessment, full team.pdf", kind: "assessment" },
      { name: "Safety plan, signed.pdf", kind: "plan" },
      { name: "Return meeting.pdf", kind: "minutes" },
    ],
  },
  {
    team: 1,
    grades: [0, 5],
    levels: ["low", "low", "moderate"],
    notes: [
      "$name said in anger at {recess|lunch} that {“I’ll get you all”|“you’ll be sorry tomorrow”}. Two classmates told their teacher. Team looked at it the same day because the words matter to those who heard them.",
      "Talked with $name and $guardian. The words come from {a video|an older brother’s game}. $name could say what was meant and wanted to write a note; did so today.",
      "Transient, no further steps. Class meeting on what to do with anger, led by the counselor, without naming anyone.",
      "Two weeks on: nothing further. $guardian has changed the {game settings|tablet times} and says {it’s quieter at home|evenings are easier}.",
    ],
    strategies: ["Words for anger, practiced with the counselor", "Note or drawing to make up"],
    tasks: ["Class meeting on anger", "Two-week follow-up with the family"],
    files: [{ name: "Threat screening.pdf", kind: "assessment" }],
  },
  {
    team: 1,
    grades: [0, 0],
    levels: ["moderate", "high"],
    outside: true,
    notes: [
      "$name, {a former student|the partner of a parent}, came to {the football game|dismissal} twice and argued with staff at the gate. Asked to leave the second time and did. Not on our roster; kept here so that every building knows.",
      "Spoke with $name by phone. Wanted to {see friends|pick up a nephew without being on the list}. Explained how visits work. The tone was calm.",
      "Letter about visits sent by the principal. Front offices of all buildings have the instruction: greet, ask to wait, call $lead.",
      "$name came by appointment to {the main office|a games night}, signed in, no difficulty. The instruction stays until the end of the {season|semester}.",
    ],
    strategies: ["Visits by appointment, signed in at the main office", "One contact for all questions: $lead"],
    tasks: [
      "Tell the front offices",
      "Review at the end of the season",
      "Ask the events team for a second adult at the gate",
    ],
    files: [{ name: "Letter about visits.pdf", kind: "letter" }],
  },
];
