import type { DocumentType } from "@/lib/documents/document-types";

export type DocumentKind = {
  type: DocumentType;
  /** $year is the school year. */
  title: string;
  /** How many days ago it was written, at least and at most. */
  age: readonly [number, number];
  /** Kindergarten is 0. */
  fromGrade: number;
  form: "text" | "chart";
  /** Heading, then paragraphs. $name, $grade, $year; {a|b} is either. */
  sections: readonly (readonly [string, ...string[]])[];
};

const sign = [
  "Signatures",
  "Parent or guardian: ______________________________",
  "For the district: ______________________________",
] as const;

/** What stands in a student's folder, as schools write it. */
export const documentKinds: readonly DocumentKind[] = [
  {
    type: "iep",
    title: "IEP $year",
    age: [20, 200],
    fromGrade: 0,
    form: "text",
    sections: [
      [
        "Present levels",
        "$name, $grade, reads {a year|half a year} below the level of the class and follows directions of {two|three} steps with a visual.",
        "In mathematics $name works at grade level when the page holds few tasks.",
      ],
      [
        "Annual goals",
        "By the end of the school year $name reads a passage of the grade’s level with {90|95} % of the words right, in four of five tries.",
        "$name asks for a break by card in four of five situations.",
      ],
      [
        "Services",
        "Reading, small group, {four|five} times a week, 30 minutes. Speech, once a week, 30 minutes.",
        "In the general classroom for {80|85} % of the day.",
      ],
      ["Accommodations", "Extra time, directions read aloud, a seat near the front, tests in a small group."],
      [...sign],
    ],
  },
  {
    type: "evaluation",
    title: "Psychoeducational evaluation",
    age: [90, 900],
    fromGrade: 0,
    form: "text",
    sections: [
      [
        "Reason for referral",
        "The team asks whether $name’s difficulty with reading comes from a specific learning disability.",
      ],
      [
        "What was done",
        "Review of records, observation in two classes, interviews, and standardized tests on {two|three} mornings.",
      ],
      [
        "Results",
        "Reasoning lies in the average range. Reading fluency and spelling lie {well below|below} it; attention was steady throughout.",
      ],
      [
        "Finding",
        "$name meets the criteria of a specific learning disability in basic reading skills. The team decides on eligibility.",
      ],
    ],
  },
  {
    type: "evaluation",
    title: "Speech and language evaluation",
    age: [120, 800],
    fromGrade: 0,
    form: "text",
    sections: [
      [
        "Background",
        "$name’s family and teacher report that $name is hard to understand for people who don’t know $name.",
      ],
      ["Results", "Articulation: {three|four} sounds are still to come. Understanding of language is at age level."],
      ["Recommendation", "Speech service once a week; look again after a year."],
    ],
  },
  {
    type: "plan504",
    title: "504 plan $year",
    age: [30, 400],
    fromGrade: 1,
    form: "text",
    sections: [
      [
        "Why there is a plan",
        "$name has {asthma|type 1 diabetes|migraine}, which limits a major life activity during flares.",
      ],
      [
        "What school does",
        "Passes to the nurse without asking. Make-up work within a week. No points lost for absences that the plan covers.",
        "Physical education with rests when $name asks for them.",
      ],
      ["Who knows", "All teachers of $name, the nurse, and the office. Substitutes find a page in the folder."],
      [...sign],
    ],
  },
  {
    type: "bip",
    title: "Behavior intervention plan",
    age: [14, 300],
    fromGrade: 0,
    form: "text",
    sections: [
      ["Behavior", "$name leaves the room without permission, {two|three} times a week, mostly in writing."],
      ["What it is for", "It ends a task that feels too long."],
      ["What we do instead", "Tasks in parts of ten minutes, a break card, praise for the return within two minutes."],
      [
        "How we know",
        "A tally every day, looked at every second Friday. Fewer than one a week for six weeks ends the plan.",
      ],
    ],
  },
  {
    type: "fba",
    title: "Functional behavior assessment",
    age: [30, 330],
    fromGrade: 0,
    form: "text",
    sections: [
      ["Observed", "{Four|Five} sessions of 40 minutes in different subjects, by two observers."],
      ["What comes before", "Independent writing, a loud room, a change without warning."],
      ["What comes after", "An adult talks with $name; the task waits."],
      [
        "Hypothesis",
        "The behavior gets $name out of a task and an adult’s attention. Both can be had in a better way.",
      ],
    ],
  },
  {
    type: "progress",
    title: "Progress report, first quarter $year",
    age: [10, 60],
    fromGrade: 0,
    form: "text",
    sections: [
      ["Goal 1: reading", "{68|74|81} words a minute, from 55 in August. On the way to the goal."],
      ["Goal 2: asking for a break", "In {three|four} of five situations. Goal nearly met."],
      ["Attendance", "{Two|Three} days absent, all excused."],
    ],
  },
  {
    type: "progress",
    title: "Reading fluency, chart",
    age: [5, 60],
    fromGrade: 1,
    form: "chart",
    sections: [],
  },
  {
    type: "health",
    title: "Health plan and medication at school",
    age: [60, 420],
    fromGrade: 0,
    form: "text",
    sections: [
      ["Condition", "{Food allergy: tree nuts|Asthma, exercise-induced|Seizures, absence type}."],
      ["At school", "Medication in the nurse’s office, locked, with $name’s name. Two trained adults per building."],
      ["In an emergency", "Call 911, then the family. The page in the red folder goes along."],
    ],
  },
  {
    type: "transcript",
    title: "Transcript",
    age: [20, 150],
    fromGrade: 9,
    form: "text",
    sections: [
      ["Courses", "English: {A-|B+|B}. Algebra: {B|B-|A-}. Biology: {A|B+}. World history: {B+|A-}. Art: A."],
      ["Credits", "{6|12|18} of 26 toward graduation."],
    ],
  },
  {
    type: "consent",
    title: "Consent for evaluation, signed",
    age: [100, 900],
    fromGrade: 0,
    form: "text",
    sections: [
      ["What it is about", "The district asks to evaluate $name in the areas of academics, language and attention."],
      [
        "Consent",
        "I understand what is asked. I know that I may take my consent back at any time.",
        "[x] I give consent.   [ ] I don’t give consent.",
      ],
      [...sign],
    ],
  },
  {
    type: "other",
    title: "Minutes of the annual meeting",
    age: [15, 210],
    fromGrade: 0,
    form: "text",
    sections: [
      ["Present", "Parent, classroom teacher, special education teacher, district representative."],
      [
        "Said",
        "$name is proud of the reading log. Mornings are easier than afternoons. The family asks for one person to call.",
      ],
      ["Agreed", "Same services; one page of news home every second Friday; next meeting in {January|March}."],
    ],
  },
];
