/** Compares the person in a transfer with a student of the roster, field by field, for the eye of whoever links them. */
export type Identity = {
  given: string;
  family: string;
  preferred: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  stateId: string | null;
};
export type Verdict = "agrees" | "close" | "differs" | "missing";
export type Comparison = {
  name: Verdict;
  birthDate: Verdict;
  stateId: Verdict;
  why: { name: string; birthDate: string; stateId: string };
  allAgree: boolean;
  /** Of another name, or born on another day: nobody is linked to such a student without saying that it's the same one. */
  differs: boolean;
  /** Of another name and born on another day: somebody else, as far as one can see. */
  somebodyElse: boolean;
};

/**
 * `sameState`: both districts lie in one state, so that a differing state ID is a difference. All agree when name and birth date agree
 * and the state ID doesn't differ where it counts (product.md, section 4).
 */
export function compareIdentity(sent: Identity, ours: Identity, sameState: boolean): Comparison {
  const name = compareNames(sent, ours);
  const birthDate = compareValues(sent.birthDate, ours.birthDate);
  const stateId: Verdict = sameState
    ? compareValues(sent.stateId, ours.stateId)
    : sent.stateId && ours.stateId && sent.stateId === ours.stateId
      ? "agrees"
      : "missing";
  return {
    name,
    birthDate,
    stateId,
    why: {
      name: {
        agrees: "Agrees",
        close: shortForm(sent, ours) ? "Close: short form" : "Close",
        differs: "Differs",
        missing: "Not given",
      }[name],
      birthDate:
        birthDate === "differs" && swapped(sent.birthDate, ours.birthDate)
          ? "Differs: digits swapped"
          : words[birthDate],
      stateId:
        !sameState && stateId === "missing" && sent.stateId && ours.stateId
          ? "Other state"
          : stateId === "differs" && swapped(sent.stateId, ours.stateId)
            ? "Differs: digits swapped"
            : words[stateId],
    },
    allAgree: name === "agrees" && birthDate === "agrees" && stateId !== "differs",
    differs: name === "differs" || birthDate === "differs",
    somebodyElse: name === "differs" && birthDate === "differs",
  };
}

const words: Record<Verdict, string> = { agrees: "Agrees", close: "Close", differs: "Differs", missing: "Not given" };

/** One form for comparing: no case, accents, punctuation, doubled spaces. The same as norm() in the database. */
export function plainName(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll(/['’ʼ`´]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function compareNames(a: Identity, b: Identity): Verdict {
  const family = plainName(a.family) === plainName(b.family) || sameWords(a.family, b.family);
  const given = sameWords(a.given, b.given);
  if (family && given) return "agrees";
  if (sameWords(`${a.given} ${a.family}`, `${b.given} ${b.family}`)) return "agrees";
  const called = [a.given, a.preferred, b.given, b.preferred].map((one) => (one ? plainName(one) : ""));
  const sameCalled =
    (called[1] !== "" && (called[1] === called[2] || called[1] === called[3])) ||
    (called[3] !== "" && called[3] === called[0]);
  if (family && sameCalled) return "agrees";
  if (family && (shortForm(a, b) || distance(plainName(a.given), plainName(b.given)) <= 1)) return "close";
  if (given && distance(plainName(a.family), plainName(b.family)) <= 1) return "close";
  if (given && sharesWord(a.family, b.family)) return "close";
  return "differs";
}

function shortForm(a: Identity, b: Identity): boolean {
  const [x, y] = [plainName(a.given), plainName(b.given)];
  return x !== y && x.length > 1 && y.length > 1 && (x.startsWith(y) || y.startsWith(x));
}

const wordsOf = (text: string) => plainName(text).split(" ").filter(Boolean);
const sameWords = (a: string, b: string) => wordsOf(a).sort().join(" ") === wordsOf(b).sort().join(" ");
const sharesWord = (a: string, b: string) => wordsOf(a).some((word) => word.length > 2 && wordsOf(b).includes(word));

function compareValues(a: string | null, b: string | null): Verdict {
  if (!a || !b) return "missing";
  return a.trim().toUpperCase() === b.trim().toUpperCase() ? "agrees" : "differs";
}

/** Whether two texts differ by two neighbors that changed places. */
function swapped(a: string | null, b: string | null): boolean {
  if (!a || !b || a.length !== b.length) return false;
  const at = [...a].findIndex((symbol, i) => symbol !== b[i]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Levenshtein distance, as far as it matters: anything above 2 counts as 3. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 3) + 1,
        (next[j - 1] ?? 3) + 1,
        (row[j - 1] ?? 3) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return Math.min(row[b.length] ?? 3, 3);
}
