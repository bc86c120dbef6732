import { FactorSection } from "@/components/account/factor-section";
import { NewPasswordField, WhosePassword } from "@/components/account/new-password";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { DateText } from "@/components/ui/date";
import { ActionForm } from "@/components/ui/form";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { presetOf } from "@/lib/users/list-users";
import { shortestPassword } from "@/lib/users/password";
import type { Place } from "@/lib/web/guard";
import { own } from "@/lib/web/own";
import { ownSessions } from "@/lib/web/people";
import { permissionWords } from "@/lib/web/permission-choices";
import { recoveryCodesLeft } from "@/lib/web/second-factor";
import { changePasswordAction, endSessionsAction } from "./actions";

const did: Record<string, { fact: string; more: string }> = {
  password: { fact: "Password changed.", more: "You stay signed in here; everywhere else you were signed out." },
  "factor-off": {
    fact: "Second factor turned off.",
    more: "Your password alone signs you in now. Take Baton out of your authenticator app.",
  },
  "signed-out": { fact: "Signed out there.", more: "Whoever uses that device has to sign in again." },
};

/** Your account: a page, and what the dialog of turning the second factor off stands over. */
export async function AccountHere({ place, result }: { place: Place; result?: string | undefined }) {
  const { actor, district, session } = place;
  const [sessions, codesLeft] = await Promise.all([ownSessions(session), recoveryCodesLeft(session)]);
  const permissions = [...actor.permissions];
  const others = sessions.filter((one) => !one.current);
  const said = own(did, result);
  return (
    <>
      <PageHead title="Your account" />
      {said && (
        <Banner kind="done" fact={said.fact} live>
          {said.more}
        </Banner>
      )}
      <Facts
        facts={[
          ["Name", actor.name],
          ["Email", session.email],
          [
            session.memberships.length === 1 ? "District" : "Districts",
            session.memberships.map((one) => one.districtName).join(", "),
          ],
          [`May do in ${district.name}`, permissionWords({ preset: presetOf(permissions), permissions })],
        ]}
      />
      <p className="small dim">Is something wrong here? A district admin of yours can change it.</p>

      <FactorSection
        since={session.secondFactorSince}
        codesLeft={codesLeft}
        requiredBy={session.memberships.filter((one) => one.secondFactorRequired).map((one) => one.districtName)}
        base={`/d/${district.slug}/account`}
        zone={district.timeZone}
      />

      <section className="sec-2" aria-labelledby="sessions-h">
        <SectionHead id="sessions-h" title="Where you’re signed in" />
        <table className="tbl tbl-moves">
          <caption className="sr">Where you’re signed in</caption>
          <thead>
            <tr>
              <th scope="col">Device</th>
              <th scope="col">Signed in</th>
              <th scope="col">Last seen</th>
              <td className="act">
                <span className="sr">Actions</span>
              </td>
            </tr>
          </thead>
          <tbody>
            {sessions.map((one) => (
              <tr key={one.id}>
                <td data-k="Device" className="lead t-main">
                  {one.device}
                  {one.ip && <span className="sub">{one.ip}</span>}
                </td>
                <td data-k="Signed in">
                  <DateText value={one.startedAt} zone={district.timeZone} shape="minute" />
                </td>
                <td data-k="Last seen">
                  {one.current ? (
                    "Now, here"
                  ) : (
                    <DateText value={one.lastSeenAt} zone={district.timeZone} shape="time" />
                  )}
                </td>
                <td className={one.current ? "act none" : "act"}>
                  {!one.current && (
                    <ActionForm id={`end-${one.id}`} action={endSessionsAction.bind(null, district.slug)}>
                      <input type="hidden" name="session" value={one.id} />
                      <SubmitButton variant="quiet" small aria-label={`Sign out ${one.device}`}>
                        Sign out
                      </SubmitButton>
                    </ActionForm>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {others.length > 1 && (
          <ActionForm id="end-all" action={endSessionsAction.bind(null, district.slug)} className="mt-3">
            <Button type="submit">Sign out everywhere else</Button>
          </ActionForm>
        )}
      </section>

      <section className="sec-2" aria-labelledby="password-h">
        <SectionHead id="password-h" title="Change password" />
        <ActionForm
          id="change-password"
          action={changePasswordAction.bind(null, district.slug)}
          className="stack max-w-[420px]"
        >
          <WhosePassword email={session.email} />
          <PasswordField name="currentPassword" label="Present password" />
          <NewPasswordField shortest={shortestPassword} />
          <SubmitButton>Change password</SubmitButton>
        </ActionForm>
      </section>
    </>
  );
}
