import { type ReactNode, useId } from "react";

const digits = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
const letters = [
  ..."Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo".split(
    " ",
  ),
  ..."Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu".split(" "),
];

/** The word to read aloud for a letter or digit (ICAO spelling alphabet). */
function spokenWord(symbol: string): string {
  return digits[Number.parseInt(symbol, 10)] ?? letters[symbol.toUpperCase().charCodeAt(0) - 65] ?? symbol;
}

const groupsOf = (code: string) => code.replace(/[^a-z0-9]/gi, "").match(/.{1,4}/g) ?? [];

function Spoken({ group }: { group: string }) {
  const words = [...group].map(spokenWord);
  return (
    <>
      {words.slice(0, 2).join(" ")}
      <br />
      {words.slice(2).join(" ")}
    </>
  );
}

/**
 * The authorization code in four groups with the words to read aloud. `note` stands beside the title (until when, how many tries),
 * children are the buttons at the foot.
 */
export function CodeSlip({
  code,
  title = "Authorization code",
  heading: Heading = "h1",
  note,
  children,
}: {
  code: string;
  title?: string;
  heading?: "h1" | "h2";
  note?: ReactNode;
  children?: ReactNode;
}) {
  const groups = groupsOf(code);
  // A dispatch to several districts shows several slips on one page.
  const id = useId();
  return (
    <section className="slip" aria-labelledby={id}>
      <div className="slip-head">
        <Heading id={id}>{title}</Heading>
        {note && <p className="small dim">{note}</p>}
      </div>
      <ol className="code" aria-label="The code in four groups, with the words to read out">
        {groups.map((group, index) => (
          <li key={`${index}${group}`}>
            <span className="code-g">{group}</span>
            <span className="say">
              <Spoken group={group} />
            </span>
          </li>
        ))}
      </ol>
      {children && <div className="btns slip-foot">{children}</div>}
    </section>
  );
}

/** The code as it stands in a printed letter (inside .letter). */
export function LetterCode({ code }: { code: string }) {
  return (
    <ul className="l-code">
      {groupsOf(code).map((group, index) => (
        <li key={`${index}${group}`}>
          <b>{group}</b>
          <Spoken group={group} />
        </li>
      ))}
    </ul>
  );
}
