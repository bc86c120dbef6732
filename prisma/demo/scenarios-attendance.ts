import type { Scenario } from "./scenario";

/** What the district's team for attendance writes down. */
export const attendanceScenarios: readonly Scenario[] = [
  {
    team: 3,
    grades: [0, 12],
    levels: ["low", "moderate"],
    notes: [
      "$name has missed {fourteen|seventeen|twenty-one} days this semester, most of them {Mondays|in one row in October}. Letter sent, call made; $guardian called back the same evening.",
      "The car broke down and the bus stop is across the highway. Asked transportation for a stop on this side; answer by {Friday|the end of the week}.",
      "New stop approved. First week: five of five days. $name told $teacher about it before we did.",
      "Attendance since the new stop: {95|96|98} percent. Missed work is made up on {Tuesdays|Wednesdays} in the library.",
      "Review with $guardian by phone. We close the contract and keep the monthly look at the numbers.",
    ],
    strategies: [
      "Bus stop on this side of the highway",
      "Call on the first missed day, before nine",
      "Make-up hour in the library",
    ],
    tasks: ["Monthly look at attendance", "Confirm the stop with transportation", "Send the attendance letter"],
    files: [
      { name: "Attendance letter.pdf", kind: "letter" },
      { name: "Attendance by week.png", kind: "chart" },
      { name: "Attendance contract.pdf", kind: "plan" },
    ],
  },
  {
    team: 3,
    grades: [2, 11],
    levels: ["moderate", "moderate", "high"],
    notes: [
      "Eleven mornings in the nurse’s office with stomach aches, six of them sent home. Doctor finds nothing. $guardian says that Sunday evenings are the worst.",
      "Counselor met $name at home, on the porch, for twenty minutes. $name named it: {reading aloud|the crowded entrance|the bus}. Nobody had asked before.",
      "Small steps agreed: {through the side door with $lead|two lessons a day, chosen by $name}, then one more every week. $guardian brings, doesn’t stay.",
      "Week two: {three|four} lessons a day. One morning didn’t work; we started again the day after without a word about it.",
      "Whole days since {Tuesday|Monday}. $name still comes through the side door and may for as long as it helps.",
      "Check after the break, which we had feared: came on the first day, late by ten minutes, with a friend.",
    ],
    strategies: [
      "Side door with a known adult",
      "One lesson more every week",
      "Absence isn’t discussed on the morning of the return",
      "Reading aloud only when asked beforehand",
    ],
    tasks: [
      "Plan the first day after the break",
      "Ask the doctor for the letter",
      "Tell substitutes about reading aloud",
      "Call the family on Sundays at six",
    ],
    files: [
      { name: "Return-to-school plan.pdf", kind: "plan" },
      { name: "Lessons attended.png", kind: "chart" },
    ],
  },
  {
    team: 3,
    grades: [0, 12],
    levels: ["low", "moderate", "moderate"],
    notes: [
      "Family of $name lives {in a motel|with relatives, seven people in two rooms} since {the fire|the lease ended}. Liaison informed; $name stays at this school (McKinney-Vento), transport arranged.",
      "Backpack, winter jacket and hygiene kit given through the counselor’s room, nobody sees it. $guardian asked about laundry; key to the {gym’s|home economics} washer is with $lead.",
      "Homework place in the {library|cafeteria} until five. Snack there. $name comes daily and brings a brother.",
      "Liaison found a place for the family from the {first|fifteenth} of the month. The school stays the same until the end of the year if $guardian wants.",
      "Moved. First night in own bed, said $name at the door. Transport changed to the regular bus.",
    ],
    strategies: [
      "Homework place until five, with a snack",
      "Washer key with $lead",
      "Transport from wherever the family stays",
      "Fees waived without asking",
    ],
    tasks: ["Renew the liaison’s form", "Ask about winter shoes", "Change the bus after the move"],
    files: [
      { name: "McKinney-Vento notice.pdf", kind: "letter" },
      { name: "Support agreement.pdf", kind: "plan" },
    ],
  },
];
