export type DemoFile = { name: string; kind: "plan" | "minutes" | "letter" | "assessment" | "chart" };
export type Scenario = {
  /** The number of the district's team that takes such cases: behavior, threat, support, attendance. */
  team: 0 | 1 | 2 | 3;
  /** Grades, kindergarten being 0. */
  grades: readonly [number, number];
  levels: readonly ("low" | "moderate" | "high" | "imminent")[];
  /** The history, oldest first. $name, $guardian, $teacher, $lead; {a|b} is either. */
  notes: readonly string[];
  strategies: readonly string[];
  tasks: readonly string[];
  files: readonly DemoFile[];
  /** The person isn't on the roster. */
  outside?: true;
  /** Who looks after the student, where the story says so. */
  guardian?: string;
};

/** What happens in schools, told as a team would write it down: what was seen, what was agreed, who does it until when. */
export const scenarios: readonly Scenario[] = [
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
  {
    team: 2,
    grades: [1, 12],
    levels: ["low", "moderate"],
    notes: [
      "$guardian called: a {grandparent|parent|close uncle} of $name died {on Sunday|last week}. $name wants to come back on {Wednesday|Thursday} and doesn’t want to be asked about it in class. All teachers told, with these words.",
      "$name stayed all day. Spent fifteen minutes with the counselor in the afternoon, mostly drawing.",
      "Second week. Tired in the first hours. We agreed that late work has no deadline until the end of the month.",
      "$name joined the grief group on {Tuesdays|Fridays}; went once to see, then asked when the next one is.",
      "Difficult day on {the birthday of the person who died|the last day before the break}. Called $guardian, went home early, came back the next morning with a photo for the memory wall.",
      "Check-in with $guardian: sleeping again, eating again. The group goes on until summer. We keep an eye on the anniversary.",
    ],
    strategies: [
      "Grief group, once a week",
      "No deadlines for late work this month",
      "A pass to the counselor at any time",
      "Anniversary noted for all teachers",
    ],
    tasks: [
      "Ask the family before the anniversary",
      "Tell new teachers at the semester change",
      "Find a place in the grief group",
    ],
    files: [
      { name: "Support agreement.pdf", kind: "plan" },
      { name: "Letter to teachers.pdf", kind: "letter" },
    ],
  },
  {
    team: 2,
    grades: [6, 12],
    levels: ["moderate", "high", "high"],
    notes: [
      "A friend told the counselor that $name wrote about not wanting to be here anymore. Counselor saw $name within ten minutes. Screening done; risk judged {moderate|elevated, no plan}. $guardian came and stayed.",
      "Safety plan written together with $name and $guardian: people to call, places that help, what to put away at home. Appointment with the clinic for {tomorrow|Thursday}.",
      "Back at school after the appointment. $name carries the plan’s card. Two adults know, as $name chose: $teacher and $lead.",
      "Weekly check. {Better week|Mixed week}: two hard mornings, both times came to the counselor first. That is the plan working.",
      "With consent, call with the therapist: goes regularly, family sessions have begun. School keeps the weekly check and the card.",
      "Re-screened: low. $name would like to see the counselor every other week now. $guardian agrees; the card stays.",
    ],
    strategies: [
      "Safety plan card, carried by the student",
      "Weekly check with the counselor",
      "Two adults of the student’s choice know",
      "Pass to leave class without saying why",
    ],
    tasks: [
      "Re-screen in thirty days",
      "Renew the consent for talking with the therapist",
      "Tell the counselor of the next school, with consent",
      "Review the plan before the long break",
    ],
    files: [
      { name: "Safety plan, student copy.pdf", kind: "plan" },
      { name: "Release of information.pdf", kind: "letter" },
      { name: "Weekly check-in.png", kind: "chart" },
    ],
  },
  {
    team: 2,
    grades: [5, 12],
    levels: ["moderate", "moderate", "high"],
    notes: [
      "Re-entry meeting after {nine|eleven|fourteen} days away for treatment. $name, $guardian, $teacher, counselor. Starts with {half days|mornings} for one week, work reduced to what counts for the grade.",
      "First week done: came every day. Hardest is the {hallway|cafeteria} between blocks; leaves class three minutes early now.",
      "Full days since {Monday|Tuesday}. One nurse visit. $name asked that classmates are told “was ill, is back”, no more.",
      "Work plan met: {four of five|five of six} subjects are back on the regular assignments. The last one follows after the break.",
      "Six-week review: plan can end. Early leave from class stays as long as $name wants it.",
    ],
    strategies: [
      "Half days for the first week",
      "Three minutes early between blocks",
      "Reduced assignments, list kept by the counselor",
      "Nurse visit without a pass",
    ],
    tasks: ["Six-week review", "Collect the reduced assignments", "Ask the clinic for the discharge letter"],
    files: [
      { name: "Re-entry plan.pdf", kind: "plan" },
      { name: "Reduced assignments.pdf", kind: "minutes" },
    ],
  },
  {
    team: 2,
    grades: [0, 9],
    guardian: "foster mother",
    levels: ["low", "moderate"],
    notes: [
      "$name came to us in a new foster placement, the {second|third} school this year. Records asked for. $guardian says that goodbyes are hard and that routine helps.",
      "A classmate shows $name around for the first week. One adult every morning, always the same: $lead.",
      "{Took food from other lunches twice|Kept food in the desk}. No consequence; a snack box in the classroom that is open to all. It stopped within days.",
      "$guardian and the caseworker came to the conference. $name read aloud to all of us, two pages, on own wish.",
      "Change of caseworker. We told $name ourselves before it happened. A tearful morning, then back in class by ten.",
      "End of quarter: {five|seven} late arrivals at first, none in the last three weeks. The team thinks that this can become a plain check-in.",
    ],
    strategies: [
      "Same adult every morning",
      "Snack box open to all",
      "Changes are announced to the student first",
      "Memory box that travels along",
    ],
    tasks: [
      "Ask again for the records of the former school",
      "Invite the caseworker to the review",
      "Get the photo release clarified",
    ],
    files: [
      { name: "Placement letter.pdf", kind: "letter" },
      { name: "Morning check-in.png", kind: "chart" },
    ],
  },
  {
    team: 2,
    grades: [4, 10],
    levels: ["moderate", "moderate", "high"],
    notes: [
      "$name told $teacher of name-calling and being left out since {the start of the year|the change of tables}, also in a group chat. Screenshots kept by the office. $guardian informed the same day.",
      "Spoke with {four|five} students one by one. {Two|Three} describe the same. Families called. The chat was deleted by those who made it, in front of their parents.",
      "Stay-away agreement for the {cafeteria|locker area}. $name chose two students to sit with. Adults at both places know.",
      "Check after one week: $name says it’s “quiet, good quiet”. No messages. Stomach aches in the morning are fewer, says $guardian.",
      "One remark in {gym|the hallway}, seen by an adult, dealt with at once. $name was told what was done about it.",
      "Thirty-day check: nothing further. $name joined {robotics|the art club|cross-country}. We stay in touch monthly.",
    ],
    strategies: [
      "Stay-away agreement",
      "Two students of own choice to sit with",
      "One adult to tell, any time: $lead",
      "Club with an invitation, not a duty",
    ],
    tasks: [
      "Thirty-day check",
      "Tell the coaches",
      "Keep the screenshots with the case",
      "Call the family every month",
    ],
    files: [
      { name: "Bullying investigation.pdf", kind: "assessment" },
      { name: "Stay-away agreement.pdf", kind: "letter" },
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
  {
    team: 2,
    grades: [7, 12],
    levels: ["low", "moderate", "moderate"],
    notes: [
      "Found with a vape in the restroom, {first|second} time. $guardian picked it up. Instead of suspension: the four-session program with the counselor, as the handbook allows.",
      "Session one. $name began in the summer, uses it {before tests|when alone at home}. Wants to stop for {soccer|the voice|the younger sister}.",
      "Session two and three done. Down to evenings, says $name; $guardian confirms and goes along to the doctor.",
      "Slipped on the weekend and said so unasked. We count that as the program working.",
      "Program finished. Certificate given; the incident leaves the discipline file at the end of the year, as agreed.",
    ],
    strategies: [
      "Four-session program instead of suspension",
      "Text line of the county, saved in the phone",
      "Restroom pass through the office for a month",
    ],
    tasks: ["Fourth session", "Note the end of the restroom pass", "Send the doctor’s leaflet home"],
    files: [{ name: "Program agreement.pdf", kind: "plan" }],
  },
  {
    team: 2,
    grades: [0, 8],
    levels: ["low", "low", "moderate"],
    notes: [
      "$name arrived from abroad {three|five} weeks ago and speaks little English yet. Silent in class, lively at recess. $guardian came with a cousin who translates.",
      "Interpreter booked for all further talks; a child of the family doesn’t translate. $guardian was relieved.",
      "Loud noises (fire drill) frightened $name badly. Drills are announced from now on, and $lead stands next to $name.",
      "First sentence in front of the class. {Applause, then a very red face.|Nobody made a thing of it, which was right.}",
      "Works with two picture dictionaries and a partner. The team sees no behavior concern any more; language support goes on.",
    ],
    strategies: [
      "Drills announced beforehand, an adult alongside",
      "Interpreter for every talk with the family",
      "Partner of own choice",
      "Picture cards for needs",
    ],
    tasks: [
      "Book the interpreter for the conference",
      "Tell all adults about the drills",
      "Ask for the vaccination record",
    ],
    files: [
      { name: "Welcome plan.pdf", kind: "plan" },
      { name: "Interpreter request.pdf", kind: "letter" },
    ],
  },
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
