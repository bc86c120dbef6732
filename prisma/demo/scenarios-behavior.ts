import type { Scenario } from "./scenario";

/** What the district's team for behavior writes down. */
export const behaviorScenarios: readonly Scenario[] = [
  {
    team: 0,
    grades: [0, 4],
    levels: ["moderate", "moderate", "high"],
    notes: [
      "$teacher reports that $name left the classroom without permission {three|four|five} times this week, mostly {right after lunch|before writing|when the room gets loud}. Found each time in the {library corner|hallway by the gym|office}, calm, and came back with an adult.",
      "Met with $guardian. At home $name does best with a warning before anything changes. We agreed on a picture schedule and a two-minute warning before every transition.",
      "Observed two blocks. Leaving follows noise, not the task itself. Headphones and a seat near the door worked {within a day|better than expected}.",
      "{Second|Third} week of the break card. $name used it {six|eight|nine} times and came back on time {every time|all but once}. No leaving without permission since {Monday|Wednesday}.",
      "Substitute in class; $name left once and went to the agreed place. The plan now says what a substitute needs to know, on one page in the {sub folder|front of the plan book}.",
      "Team review: goal met for four weeks. We keep the break card and drop the daily report home. $guardian agrees and would like a call, not a note, if it starts again.",
    ],
    strategies: [
      "Break card, three a day, no questions asked",
      "Two-minute warning and picture schedule before transitions",
      "Seat near the door, headphones within reach",
      "Calm corner in the library as the agreed place",
    ],
    tasks: [
      "Write the one-page summary for substitutes",
      "Send the break card tally to the family",
      "Observe writing block",
      "Tell the specials teachers about the plan",
    ],
    files: [
      { name: "Behavior support plan.pdf", kind: "plan" },
      { name: "Classroom observation.pdf", kind: "assessment" },
      { name: "Break card tally.png", kind: "chart" },
    ],
  },
  {
    team: 0,
    grades: [3, 8],
    levels: ["low", "moderate", "moderate"],
    notes: [
      "Driver reports loud arguments on the {afternoon|morning} bus, {three|four} of them in two weeks, $name in the middle of each. No one was hurt. Seat changed to the front for now.",
      "Talked with $name alone. The arguments are about {a seat that was promised|jokes about clothes|a game on someone’s phone}. $name would like to sit with {a cousin|an older student from the same stop} and offered this without being asked.",
      "Called $guardian, who knew of one incident. We agreed that the driver writes two lines a day and that we look at them every Friday.",
      "Bus log: {nine|ten|twelve} rides, one argument, settled by $name moving away. The driver {has thanked $name for it|was asked to say so to $name}.",
      "Three weeks without an incident on the bus. The team moves the level of concern down; the seat near the driver stays because $name wants it to.",
    ],
    strategies: [
      "Seat near the driver",
      "Daily two-line bus log, read on Fridays",
      "Five minutes with $lead after arrival",
    ],
    tasks: [
      "Tell the bus company about the seat",
      "Ask the driver for the log",
      "Call the family with the month’s log",
    ],
    files: [
      { name: "Bus log.pdf", kind: "minutes" },
      { name: "Bus incidents by week.png", kind: "chart" },
    ],
  },
  {
    team: 0,
    grades: [1, 6],
    levels: ["moderate", "high", "high"],
    notes: [
      "Referral from $teacher: {pushing and throwing of materials|hitting and kicking} during unstructured time, {about twice a week|almost daily} since {September|the break}. Nurse saw one student with a bruise; both families were called the same day.",
      "Functional assessment started. Data sheets for recess, lunch and the walk to {specials|the buses}. $lead collects them.",
      "Assessment shows that most incidents follow losing a game or a place in line. $name can name the feeling afterwards, not yet before.",
      "Behavior plan signed with $guardian. Adult-led game in the first ten minutes of recess; $name chooses the game twice a week.",
      "First two weeks of the plan: {two|three} incidents instead of {nine|eleven}. $name asked for help in line once, by name, and got it.",
      "Incident at {lunch|dismissal}: pushed a student who cut in line. Repaired it the same day with $lead. The plan holds; we added a place marker for the line.",
      "Review with the family. $guardian sees the same change at home and asks whether the school could show the card system to {the after-school program|the coach}. We will.",
    ],
    strategies: [
      "Adult-led game in the first ten minutes of recess",
      "Place marker in line",
      "Feelings card before recess, checked with $lead",
      "Repair conversation the same day, never the next",
    ],
    tasks: [
      "Collect data sheets every Friday",
      "Show the card system to the after-school program",
      "Train the lunch aides",
      "Share the plan with the specials team",
    ],
    files: [
      { name: "Functional behavior assessment.pdf", kind: "assessment" },
      { name: "Behavior intervention plan.pdf", kind: "plan" },
      { name: "Incidents by week.png", kind: "chart" },
    ],
  },
  {
    team: 0,
    grades: [5, 11],
    levels: ["low", "moderate"],
    notes: [
      "Teachers of {three|four} subjects report that $name puts the head down when written work begins. Grades dropped from {B to D|C to F} in six weeks. No rudeness, no leaving.",
      "$name says that {writing takes too long and everyone is done first|nobody notices the work anyway}. Asked to type instead. We try it in {English|social studies} for two weeks.",
      "Typing helps. {Seven|Eight} of ten assignments begun within five minutes. $teacher gives the first sentence as a start.",
      "Met with $guardian, who asks for an evaluation of writing. Referred to the evaluation team; this case goes on meanwhile.",
      "Check-in every {Tuesday|Thursday} with $lead. $name brings the planner now without being asked.",
    ],
    strategies: [
      "Typing for anything longer than a paragraph",
      "First sentence given as a start",
      "Weekly check-in with the planner",
    ],
    tasks: [
      "Ask all teachers for the two-week tally",
      "Follow up on the evaluation referral",
      "Set up the laptop for typing",
    ],
    files: [
      { name: "Teacher feedback.pdf", kind: "minutes" },
      { name: "Work started within five minutes.png", kind: "chart" },
    ],
  },
  {
    team: 0,
    grades: [4, 10],
    levels: ["moderate", "moderate"],
    notes: [
      "After an investigation $name is found to have {led|taken part in} the teasing of a classmate over weeks. $name denied it first, then said yes when shown the messages. $guardian present.",
      "Consequence: {lunch in the office for a week|no phone at school for two weeks}. More important: $name meets $lead twice a week to work out what it did to the other student.",
      "$name wrote a letter. It isn’t sent until the other family wants it. $name understood that and asked “what else can I do”.",
      "Helps in the {younger grade’s reading hour|library} since {Monday|last week}; the teacher there speaks well of it.",
      "Three weeks without a report. The other student agreed to a talk, with an adult on either side. It went well and was short.",
    ],
    strategies: ["Twice a week with $lead", "Helping in the reading hour", "Phone in the office during the day"],
    tasks: [
      "Ask the other family about the letter",
      "Evaluate after three weeks",
      "Speak with the coach about the team chat",
    ],
    files: [{ name: "Agreement.pdf", kind: "letter" }],
  },
];
