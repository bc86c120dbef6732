import { Kbd } from "@/components/account/kbd";

const chapters = [
  ["sending", "Send cases"],
  ["receiving", "Receive cases"],
  ["codes", "Authorization codes"],
  ["requests", "Record requests and their deadlines"],
  ["after", "Afterwards"],
  ["retention", "Retention and legal holds"],
  ["signing-in", "Signing in"],
  ["words", "Words, and what other programs call them"],
  ["keyboard", "Keyboard"],
  ["contact", "Whom to ask"],
] as const;

/** The short guide: what product.md's steps are on screen, in the order in which people need them. */
export function HelpText() {
  return (
    <>
      <div className="head">
        <h1>Help</h1>
      </div>
      <nav aria-label="On this page">
        <ul className="help-nav">
          {chapters.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="prose help">
        <h2 id="sending">Send cases</h2>
        <p>
          You need <b>Manage Cases</b>, and <b>Activate Case Transfers Between Districts</b> has to be on in your
          district and in the other one (<b>Admin ▸ Requests ▸ Case Transfer Requests</b>). Leave it off when nothing is
          being sent or received.
        </p>
        <ol>
          <li>
            On the <b>Cases</b> tab, search, and tick the cases. For one case, open its ⋮ menu instead.
          </li>
          <li>
            <b>Bulk Actions ▸ Transfer to District</b>.
          </li>
          <li>
            Call the other district first: a transfer goes along with a call, it doesn’t replace it. Note whom you spoke
            with.
          </li>
          <li>
            Search under <b>District Name(s)</b> by name, domain, NCES ID, city or state, and tick one or several. A
            district that can’t be ticked says why.
          </li>
          <li>
            Read what will travel, add <b>Notes</b> if you like, and confirm.
          </li>
          <li>
            You get an <b>Authorization code</b> for each district. Pass it on by phone or in person, never by email.
          </li>
        </ol>
        <p>
          The other district gets a copy; your cases stay with you, whole. Until the code is given you can <b>Cancel</b>
          , and after 14 days (or what your district has set) the transfer expires by itself.
        </p>

        <h2 id="receiving">Receive cases</h2>
        <ol>
          <li>
            Open <b>Admin ▸ Requests ▸ Case Transfer Requests</b>. Before the code is given you see who sent how many
            cases, and no names.
          </li>
          <li>
            <b>Accept</b>, type the <b>Authorization code</b> that the other district told you, and choose{" "}
            <b>Accept Transfer</b>. If the cases aren’t yours, <b>Reject</b> with a reason.
          </li>
          <li>
            For each case, <b>Link to existing student</b> (the best match on your roster is proposed, with what agrees
            and what differs), <b>Use transfer info</b> if the student isn’t on your roster, or <b>Leave out</b> with a
            reason.
          </li>
          <li>
            <b>Save</b> puts the cases into your district. You can leave before: the transfer then says{" "}
            <i>Details needed</i>, and any of your <b>Manage Cases</b> users can go on with it.
          </li>
        </ol>

        <h2 id="codes">Authorization codes</h2>
        <ul>
          <li>
            16 letters and digits in four groups. Capitals, spaces and hyphens don’t matter, nor does O for 0, or I and
            L for 1.
          </li>
          <li>A typing error is found before it counts, and costs no try.</li>
          <li>
            After five wrong codes the transfer is locked. The sending district then issues a new code; the tries and
            the days start again.
          </li>
          <li>
            The sending district’s <b>Manage Cases</b> users can see the code again in the transfer’s details until the
            transfer is decided.
          </li>
        </ul>

        <h2 id="requests">Record requests and their deadlines</h2>
        <p>
          <b>Admin ▸ Requests ▸ Record Requests ▸ Request records</b> asks another district for a student’s documents or
          cases; they answer with a transfer that comes up filled in, or decline with a reason. A request is due by the
          law and the calendar of the district that has the records, and both of you see the day:{" "}
          <i>Due in 4 school days</i>, <i>Overdue by 2 working days</i>. The day of its arrival isn’t counted.
        </p>
        <ul>
          <li>
            Whoever can answer gets an email three working days before and on the day. Once it’s overdue, the transfer
            coordinator and the <b>Manage District</b> users get one.
          </li>
          <li>
            A district admin enters the days without school under <b>Admin ▸ Settings ▸ School calendar</b>, and, where
            Baton knows of no law or your policy is stricter, the days allowed to answer.
          </li>
        </ul>

        <h2 id="after">Afterwards</h2>
        <p>
          Received cases have a number of your own and begin with the history that came along. It’s on yellow paper, and
          can’t be changed; what you add is yours. If a case was linked to the wrong student,{" "}
          <b>Change person of concern</b> mends it. Changes that the sending district makes later don’t travel.
        </p>

        <h2 id="retention">Retention and legal holds</h2>
        <ol>
          <li>
            <b>Admin ▸ Retention</b> says for each kind of record how long it’s kept: for good, or a number of years.
            Your state’s law and your own schedule say which; what has no rule is kept.
          </li>
          <li>
            What is due is listed. Somebody with <b>Purge</b> or <b>Manage District</b> ticks it and chooses{" "}
            <b>Propose for destruction</b>.
          </li>
          <li>
            Somebody else with <b>Purge</b> opens the proposal and chooses <b>Confirm and destroy</b>. Nobody confirms
            their own. What has changed since, or can’t be destroyed now, stays, and the proposal says why.
          </li>
          <li>
            A certificate stays for each person, without names or titles. The disclosure record stays, too, with the
            certificate’s number in place of what is gone.
          </li>
        </ol>
        <p>
          A <b>Legal hold</b> (from a student’s or case’s page, or under <b>Admin ▸ Retention ▸ Legal holds</b>) keeps
          everything of a student, or one case, from being destroyed by anybody, until somebody with{" "}
          <b>Manage District</b> lifts it.
        </p>

        <h2 id="signing-in">Signing in</h2>
        <ul>
          <li>
            <b>Second factor.</b> Under your name at the top, <b>Your account ▸ Set up a second factor</b>: scan the
            picture with an authenticator app, type the code that it shows, and print or save the ten recovery codes.
            From then on signing in asks for a code besides the password. A district can require it; you are then led
            there before anything else.
          </li>
          <li>
            <b>Phone lost.</b> After the password choose <b>Use a recovery code</b>; each works once. Without one, a
            district admin of yours resets your second factor under <b>Admin ▸ Users</b>.
          </li>
          <li>
            <b>Password forgotten.</b> On the sign-in page, <b>Forgot your password?</b> sends a link that works once,
            for an hour. Using it signs you out everywhere; the second factor is still asked for.
          </li>
          <li>
            <b>Asked again in between.</b> What weighs much, like inviting people or changing what they may do, asks for
            a new code (without a second factor, for your password) when the last one was more than ten minutes ago.
            What you typed stays.
          </li>
          <li>
            <b>Where you’re signed in.</b> Your account lists every device, and signs out any of them.
          </li>
        </ul>

        <h2 id="words">Words, and what other programs call them</h2>
        <table className="tbl tbl-moves">
          <thead>
            <tr>
              <th scope="col">In Baton</th>
              <th scope="col">Means</th>
              <th scope="col">Elsewhere</th>
            </tr>
          </thead>
          <tbody>
            {words.map(([word, means, elsewhere]) => (
              <tr key={word}>
                <td data-k="In Baton" className="lead t-main">
                  {word}
                </td>
                <td data-k="Means">{means}</td>
                <td data-k="Elsewhere">{elsewhere}</td>
              </tr>
            ))}
          </tbody>
        </table>

        <h2 id="keyboard">Keyboard</h2>
        <ul>
          <li>
            <Kbd>Tab</Kbd> goes from one thing to the next, <Kbd>Shift</Kbd> <Kbd>Tab</Kbd> back. The first{" "}
            <Kbd>Tab</Kbd> on a page offers <i>Skip to main content</i>.
          </li>
          <li>
            <Kbd>Enter</Kbd> opens a menu; arrows, <Kbd>Home</Kbd>, <Kbd>End</Kbd> and first letters move in it;{" "}
            <Kbd>Esc</Kbd> closes it, and dialogs too.
          </li>
          <li>
            <Kbd>Space</Kbd> ticks a box. In a list, <Kbd>Shift</Kbd> with a click ticks all rows in between.{" "}
            <Kbd>Enter</Kbd> on a box leads to <b>Bulk Actions</b>, and once rows are ticked, the head of the list
            offers <i>Go to Bulk Actions</i>.
          </li>
        </ul>

        <h2 id="contact">Whom to ask</h2>
        <p>
          A <b>district admin</b> of yours knows who may do what, sends links for new passwords, and keeps your
          district’s settings. About a transfer, call the other district’s <b>transfer coordinator</b>: where a district
          publishes the contact, you see it when you search for the district and in the transfer’s details. When a
          message names a reference, tell it to your district admin.
        </p>
      </div>
    </>
  );
}

const words: readonly (readonly [string, string, string])[] = [
  [
    "Authorization code",
    "The secret that unlocks a case transfer",
    "Navigate360: “Authentication Code” at the sender, “Authorization code” at the receiver",
  ],
  ["Transfer to District", "Sending cases", "Navigate360: District Transfer Portal"],
  ["Use transfer info", "Makes a person of concern who isn’t on your roster", "SameGoal: “Students / create new”"],
  ["Person of concern", "Whom a case is about", "Student, subject"],
  ["Case", "A behavioral case with its history, plan and attachments", "Navigate360: case; elsewhere: file, incident"],
  ["Transfer coordinator", "The person whom another district calls", "Records contact, registrar"],
];
